using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Keys;
using ProjectConsole.Shared;

namespace ProjectConsole.Security;

/// <summary>Ends keys of projects: by themselves, and together with a change that takes something from who made them.</summary>
internal static class KeyRevocation
{
    /// <summary>The refusal to revoke a key, or null.</summary>
    public static Error? Refuse(ProjectAccess? actor, ProjectKey key) =>
        AccessRefusal.InProject(actor, Permissions.KeysRevoke) ?? Refuse(actor!.Access, key);

    /// <summary>The refusal of whoever may revoke keys to revoke this one, or null: one's own, and those that hold no more than oneself.</summary>
    public static Error? Refuse(EffectiveAccess actor, ProjectKey key) =>
        key.CreatedBy != actor.Facts.Person.UserId && actor.Exceeding(key.Permissions) is { IsEmpty: false } missing ? new ExceedsOwn(missing) : null;

    /// <summary>Ends a key, once.</summary>
    public static void Revoke(Command command, ProjectKey key)
    {
        if (key.RevokedUtc is null)
        {
            key.Revoke(command.Actor.Name, command.NowUtc);
            command.AuditIn(
                key.OrganizationId, key.ProjectId, AuditActions.KeyRevoked, new AuditObject("key", key.Id, key.Name),
                new { key.Name, Permissions = key.PermissionNames, key.ExpiresUtc });
        }
    }

    /// <summary>
    /// Ends the keys that the actor chose, before the command changes anything: by what the actor may do then. Under the lock of a
    /// change of access nobody is in the middle of a command through one of them.
    /// </summary>
    public static async Task<Error?> RevokeChosenAsync(AccessControl access, Command command, CancellationToken ct)
    {
        Guid[] ids = [.. command.Actor.RevokedKeys.Distinct()];
        if (ids.Length is 0 or > AffectedKey.Most)
        {
            return ids.Length == 0 ? null : new Invalid(nameof(Actor.RevokedKeys), $"At most {AffectedKey.Most} keys are revoked with one change.");
        }

        var (organizationId, projectId) = (command.Target.OrganizationId, command.Target.ProjectId);
        var keys = await command.Db.ProjectKeys
            .Where(key => ids.Contains(key.Id) && key.OrganizationId == organizationId && (projectId == null || key.ProjectId == projectId) && !key.IsOrganizationDefault).ToListAsync(ct);
        var actors = await access.OfActorAsync(command.Db, command.Actor, [.. keys.Select(key => key.ProjectId).Distinct()], ct);
        if (keys.Count < ids.Length || keys.Exists(key => actors.GetValueOrDefault(key.ProjectId)?.May(Permissions.KeysView) != true))
        {
            return new NoSuchKey();
        }

        foreach (var key in keys)
        {
            if (Refuse(actors[key.ProjectId], key) is { } refusal)
            {
                return refusal;
            }

            Revoke(command, key);
        }

        return null;
    }
}

/// <summary>A key that should be revoked together with a change is none of this place, or none that the actor knows.</summary>
public sealed record NoSuchKey : RuleError
{
    /// <inheritdoc/>
    public override string Message => "One of the keys to revoke is not there. Nothing was changed: look at the keys again.";

    /// <inheritdoc/>
    public override bool IsAbsence => true;
}
