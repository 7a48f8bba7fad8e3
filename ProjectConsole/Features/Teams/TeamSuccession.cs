using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Teams;

/// <summary>Changes of a team that may leave projects without an Admin: somebody can be named who becomes Admin there in the same transaction.</summary>
internal static class TeamSuccession
{
    /// <summary>Carries out a change whose reach was noted, and makes the heir Admin of only those projects that it leaves without one.</summary>
    /// <param name="command">The open command.</param>
    /// <param name="address">The heir's address as typed; null or empty for nobody.</param>
    /// <param name="leaving">Who cannot be the heir; null for nobody.</param>
    /// <param name="change">The change.</param>
    /// <param name="ct">Ends the command.</param>
    public static async Task<Result> WithHeirAsync(Command command, string? address, Guid? leaving, Action change, CancellationToken ct)
    {
        if (TextRules.Clean(address) is not { Length: > 0 } named)
        {
            change();
            return Result.Ok;
        }

        if (AdminSuccession.RefuseToAppoint(command.Access) is { } refusal)
        {
            return refusal;
        }

        var heir = await AdminSuccession.FindAsync(command, named, ct);
        if (heir is not { MayBeAdmin: true } || heir.User.Id == leaving)
        {
            return new Invalid(nameof(TeamDeletion.Heir), $"{named} is no active member who can be Admin of a project.");
        }

        await command.AffectsAsync([heir.User.Id], ct);
        change();
        await AdminSuccession.AppointAsync(command, command.Organization.Id, await command.ProjectsLeftWithoutAdminAsync(ct), heir.User, ct);
        return Result.Ok;
    }
}
