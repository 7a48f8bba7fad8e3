using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Components.Access;

/// <summary>
/// Notes for the audit log which pages a person opened and did not get. A circuit begins with the page that was prerendered just
/// before, and that visit is noted already.
/// </summary>
public sealed class RefusedVisits : IDisposable
{
    private readonly NavigationManager _navigation;
    private readonly DeniedAttempts _denied;
    private bool _hasMoved;

    /// <summary>Begins with the page or circuit.</summary>
    public RefusedVisits(NavigationManager navigation, DeniedAttempts denied)
    {
        (_navigation, _denied) = (navigation, denied);
        _navigation.LocationChanged += OnMoved;
    }

    /// <summary>Notes a visit.</summary>
    /// <param name="actor">Who came.</param>
    /// <param name="isInteractive">Whether the page runs in a circuit.</param>
    /// <param name="organization">The organization's slug, from the address.</param>
    /// <param name="project">The Project ID, from the address; null for a page of the organization.</param>
    /// <param name="refusal">What the person was told.</param>
    public void Note(Actor actor, bool isInteractive, string organization, string? project, Error refusal)
    {
        if (actor.Kind == AuditActorKind.Person && (_hasMoved || !isInteractive))
        {
            _denied.ReportVisit(actor, organization, project, refusal);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _navigation.LocationChanged -= OnMoved;

    private void OnMoved(object? sender, LocationChangedEventArgs change) => _hasMoved = true;
}
