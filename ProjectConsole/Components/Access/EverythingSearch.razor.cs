using Microsoft.AspNetCore.Components;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Security;

namespace ProjectConsole.Components.Access;

/// <summary>The search over projects and organizations (Ctrl+K); nothing for nobody.</summary>
public sealed partial class EverythingSearch
{
    private bool _isSignedIn;

    [Inject]
    public required ScopeSwitchers Switchers { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync() => _isSignedIn = (await CurrentActor.GetAsync()).Kind == AuditActorKind.Person;
}
