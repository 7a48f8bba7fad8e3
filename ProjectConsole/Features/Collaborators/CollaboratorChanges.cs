using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Collaborators;

/// <summary>The changes of what a project grants one person or team, inside an open command in the project.</summary>
internal static class CollaboratorChanges
{
    /// <summary>Gives another role.</summary>
    public static async Task<Result> RoleAsync(Command command, RoleChange change, CancellationToken ct)
    {
        var (found, refusal) = await LoadAsync(command, change.PrincipalId, change.Seen, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        var grant = found!.Standing!;
        var (terms, wrong) = await GrantTerms.FindAsync(command.Db, command.Project.Scope, change.Role, grant.RestrictionId, grant.ExpiresUtc, ct);
        return wrong is not null ? wrong
            : terms!.Role.Key == grant.RoleKey ? new CollaboratorAlready(found.Name, terms.Role.Title)
            : await ReplaceAsync(command, found, terms, new Doing(AuditActions.CollaboratorRoleChanged, change.Heir), ct);
    }

    /// <summary>Sets another end, or none.</summary>
    public static async Task<Result> ExpiryAsync(Command command, ExpiryChange change, CancellationToken ct)
    {
        var (found, refusal) = await LoadAsync(command, change.PrincipalId, change.Seen, ct);
        refusal ??= GrantTerms.RefuseExpiry(change.ExpiresUtc, command.NowUtc);
        if (refusal is not null)
        {
            return refusal;
        }

        var grant = found!.Standing!;
        var (terms, wrong) = await GrantTerms.FindAsync(command.Db, command.Project.Scope, grant.RoleKey, grant.RestrictionId, change.ExpiresUtc, ct);
        return wrong is not null ? wrong
            : change.ExpiresUtc == grant.ExpiresUtc ? new HasThatAlready(found.Name)
            : await ReplaceAsync(command, found, terms!, new Doing(AuditActions.CollaboratorExpiryChanged, change.Heir), ct);
    }

    /// <summary>Hangs a restriction on the grant, or takes it off.</summary>
    public static async Task<Result> RestrictionAsync(Command command, RestrictionChange change, CancellationToken ct)
    {
        var (found, refusal) = await LoadAsync(command, change.PrincipalId, change.Seen, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        var grant = found!.Standing!;
        var (terms, wrong) = await GrantTerms.FindAsync(command.Db, command.Project.Scope, grant.RoleKey, change.RestrictionId, grant.ExpiresUtc, ct);
        return wrong is not null ? wrong
            : change.RestrictionId == grant.RestrictionId ? new HasThatAlready(found.Name)
            : await ReplaceAsync(command, found, terms!, new Doing(AuditActions.CollaboratorRestricted, change.Heir), ct);
    }

    /// <summary>Sets role, end and restriction together.</summary>
    public static async Task<Result> TermsAsync(Command command, TermsChange change, CancellationToken ct)
    {
        var (found, refusal) = await LoadAsync(command, change.PrincipalId, change.Seen, ct);
        refusal ??= GrantTerms.RefuseExpiry(change.ExpiresUtc, command.NowUtc);
        if (refusal is not null)
        {
            return refusal;
        }

        var (terms, wrong) = await GrantTerms.FindAsync(command.Db, command.Project.Scope, change.Role, change.RestrictionId, change.ExpiresUtc, ct);
        return wrong ?? await ReplaceAsync(command, found!, terms!, new Doing(AuditActions.CollaboratorRoleChanged, change.Heir), ct);
    }

    /// <summary>Ends all that the project grants the person or team.</summary>
    public static async Task<Result> RemovalAsync(Command command, Removal removal, string action, CancellationToken ct)
    {
        if (await ProjectGrants.LoadAsync(command, removal.PrincipalId, ct) is not { } found)
        {
            return new NoDirectGrant();
        }

        var refusal = found.Standing is { } standing ? await found.RefuseAsync(command, standing, removal.Seen, ct) : null;
        refusal ??= found.Upgrade is { } upgrade ? await found.RefuseAsync(command, upgrade, found.Standing is null ? removal.Seen : null, ct) : null;
        if (refusal is not null)
        {
            return refusal;
        }

        if (!found.IsTeam)
        {
            await CollaboratorTraces.EndAsync(command, removal.PrincipalId, found.Name, ct);
        }

        var isExternal = !found.IsTeam && !await IsMemberAsync(command, removal.PrincipalId, ct);
        return await WithHeirAsync(command, found, removal.Heir, () =>
        {
            // The standing grant's end is the last word about the person.
            if (found.Upgrade is { } raised)
            {
                command.Db.Grants.Remove(raised);
                command.Audit(AuditActions.CollaboratorRaiseEnded, found.Audited, GrantState.Of(raised, found.IsTeam));
            }

            if (found.Standing is { } ends)
            {
                command.Db.Grants.Remove(ends);
                command.Audit(action, found.Audited, GrantState.Of(ends, found.IsTeam) with { External = found.IsTeam ? null : isExternal });
            }
        }, ct);
    }

    private static Task<bool> IsMemberAsync(Command command, Guid userId, CancellationToken ct)
    {
        var organizationId = command.Project.Organization.Id;
        return command.Db.Members.AnyAsync(member => member.OrganizationId == organizationId && member.UserId == userId, ct);
    }

    private static async Task<(ProjectGrants? Found, Error? Refusal)> LoadAsync(Command command, Guid principalId, Guid? seen, CancellationToken ct) =>
        await ProjectGrants.LoadAsync(command, principalId, ct) is { Standing: { } standing } found
            ? (found, await found.RefuseAsync(command, standing, seen, ct))
            : (null, new NoDirectGrant());

    private static async Task<Result> ReplaceAsync(Command command, ProjectGrants found, GrantTerms terms, Doing doing, CancellationToken ct)
    {
        var grant = found.Standing!;
        var given = await ProjectGrants.GivenAsync(command, grant, ct);
        if (!terms.IsWithin(grant, given) && RefuseMore(command, found, terms) is { } refusal)
        {
            return refusal;
        }

        // Another end brings back a grant that had ended.
        if (grant.ExpiresUtc <= command.NowUtc && await CollaboratorRoom.RefuseAsync(command, command.Project.Scope, ct) is { } full)
        {
            return full;
        }

        return await WithHeirAsync(command, found, doing.Heir, () =>
        {
            var before = GrantState.Of(grant, found.IsTeam);
            grant.ChangeRole(terms.Role, command.Actor.UserId, command.Actor.Name, command.NowUtc);
            grant.With(terms.ExpiresUtc, terms.RestrictionId);
            command.Audit(doing.Action, found.Audited, before, GrantState.Of(grant, found.IsTeam));
        }, ct);
    }

    private static Error? RefuseMore(Command command, ProjectGrants found, GrantTerms terms) =>
        found.PrincipalId != command.Actor.UserId ? Giver.Of(command.Access).Refuse(terms.Given, terms.ExpiresUtc)
        : terms.Outlasts(found.Standing!) ? new ExtendsOwn()
        : new RaisesOwn();

    private static async Task<Result> WithHeirAsync(Command command, ProjectGrants found, string? address, Action change, CancellationToken ct)
    {
        await command.AffectsInProjectAsync(found.PrincipalId, ct);
        return await AdminSuccession.WithHeirAsync(command, address, [found.PrincipalId], () =>
        {
            change();
            return Task.CompletedTask;
        }, ct);
    }

    private sealed record Doing(string Action, string? Heir);
}
