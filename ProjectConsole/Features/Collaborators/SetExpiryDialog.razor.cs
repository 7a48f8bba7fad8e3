using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Controls;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Collaborators;

/// <summary>Sets when a collaborator's grant ends.</summary>
public sealed partial class SetExpiryDialog
{
    private EndChoice _end = new(EndChoice.Never);

    [Inject]
    public required CollaboratorsService Collaborators { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    protected override bool IsChanged => _end.IsComplete && (_end != EndChoice.Of(Row.Grant?.ExpiresUtc) || IsStale);

    protected override string Done => End is { } end
        ? $"The access of {Row.Name} to {Project.Project.Name} ends on {TimeText.Date(end)}."
        : $"The access of {Row.Name} to {Project.Project.Name} does not end by itself.";

    protected override Guid? Seen => Row.Grant?.Version;

    private DateTime? End => _end.At(Clock.GetUtcNow().UtcDateTime);

    private string Now => Row.Grant?.ExpiresUtc is { } end ? $"Ends now on {TimeText.Exact(end)}." : "Has no end now.";

    protected override void OnInitialized() => _end = EndChoice.Of(Row.Grant?.ExpiresUtc);

    protected override Task<Result<AccessChange>> RunAsync(Actor actor, Guid? seen, string? heir) =>
        Collaborators.ChangeExpiryAsync(actor, Project.Scope, new ExpiryChange(Row.PrincipalId, End, seen, heir));

    private Task ChosenAsync(EndChoice end)
    {
        _end = end;
        return PreviewAsync();
    }
}
