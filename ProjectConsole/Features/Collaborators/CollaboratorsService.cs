using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Collaborators;

/// <summary>Adds, changes and removes collaborators of a project; each act is one command.</summary>
public sealed class CollaboratorsService(ConsoleWriter writer, CollaboratorAddition addition)
{
    /// <summary>Adds one person.</summary>
    public Task<Result<AccessChange>> AddAsync(Actor actor, ProjectScope project, NewCollaborator person, CancellationToken ct = default) =>
        writer.WriteAccessAsync(actor, In(project, Permissions.CollaboratorsAdd, AuditActions.CollaboratorAdded), async command =>
        {
            var entity = await command.Db.Projects.AsNoTracking().SingleAsync(candidate => candidate.Id == project.ProjectId, ct);
            return await addition.AddAsync(command, entity, command.Access.Held, person, ct);
        }, ct);

    /// <summary>Adds each of several addresses by a command of its own and answers one line for each.</summary>
    /// <param name="actor">Who acts.</param>
    /// <param name="project">Where.</param>
    /// <param name="addresses">Addresses, separated by commas, spaces or lines.</param>
    /// <param name="role">The role for all of them.</param>
    /// <param name="isExternal">Whether they may be outside the organization.</param>
    /// <param name="ct">Ends it between two addresses.</param>
    public async Task<Result<IReadOnlyList<AdditionLine>>> AddAllAsync(
        Actor actor, ProjectScope project, string addresses, ProjectRole role, bool isExternal, CancellationToken ct = default)
    {
        var typed = AddressList.Split(addresses);
        if (AddressList.Problem(typed) is { } problem)
        {
            return new Invalid(nameof(NewCollaborator.Email), problem);
        }

        var lines = new List<AdditionLine>(typed.Count);
        foreach (var email in typed)
        {
            var added = await AddAsync(actor, project, new NewCollaborator(email, role, isExternal), ct);
            if (added.Error is NotFound or Forbidden)
            {
                return added.Error;
            }

            lines.Add(new AdditionLine(email, added.Error));
        }

        return lines;
    }

    /// <summary>Gives a collaborator another role.</summary>
    public Task<Result<AccessChange>> ChangeRoleAsync(Actor actor, ProjectScope project, RoleChange change, CancellationToken ct = default) =>
        writer.WriteAccessAsync(actor, In(project, Permissions.CollaboratorsChange, AuditActions.CollaboratorRoleChanged), async command =>
        {
            var (collaborator, refusal) = await LoadAsync(command, change.UserId, change.Seen, ct);
            refusal ??= CollaboratorRules.Touching(command.Access, change.Role.Permissions);
            if (refusal is null && collaborator!.Grant.RoleKey == change.Role.Key)
            {
                refusal = new CollaboratorAlready(collaborator.Email, change.Role.Title);
            }

            return refusal is null ? await ChangeAsync(command, collaborator!, change, ct) : refusal;
        }, ct);

    /// <summary>Ends a collaborator's grant on the project. What the person created stays.</summary>
    public Task<Result<AccessChange>> RemoveAsync(Actor actor, ProjectScope project, Removal removal, CancellationToken ct = default) =>
        writer.WriteAccessAsync(actor, In(project, Permissions.CollaboratorsRemove, AuditActions.CollaboratorRemoved), async command =>
        {
            var (collaborator, refusal) = await LoadAsync(command, removal.UserId, removal.Seen, ct);
            return refusal ?? await EndAsync(command, collaborator!, AuditActions.CollaboratorRemoved, removal.Heir, ct);
        }, ct);

    /// <summary>Ends the actor's own grant on the project; being in it is all that this needs.</summary>
    /// <param name="actor">Who leaves.</param>
    /// <param name="project">What.</param>
    /// <param name="heir">Address of the person who becomes Admin in the same transaction, where nobody else would be one.</param>
    /// <param name="ct">Ends the command.</param>
    public Task<Result<AccessChange>> LeaveAsync(Actor actor, ProjectScope project, string? heir = null, CancellationToken ct = default) =>
        writer.WriteAccessAsync(actor, In(project, Permissions.ProjectView, AuditActions.CollaboratorLeft), async command =>
        {
            var (collaborator, refusal) = await LoadAsync(command, actor.UserId, null, ct);
            return refusal is NoDirectGrant ? new NothingToLeave(command.Project.Project.Name)
                : refusal ?? await EndAsync(command, collaborator!, AuditActions.CollaboratorLeft, heir, ct);
        }, ct);

    private static CommandTarget In(ProjectScope project, Permission needs, string action) =>
        CommandTarget.InProject(project, needs, action, CommandLock.Access);

    // Keyed by the project, so that another project's or organization's person is nobody here.
    private static async Task<(Collaborator? Found, Error? Refusal)> LoadAsync(Command command, Guid userId, Guid? seen, CancellationToken ct)
    {
        var (organizationId, projectId) = command.Project.Scope;
        var found = await (from grant in command.Db.Grants
                           where grant.OrganizationId == organizationId && grant.ProjectId == projectId && grant.PrincipalId == userId && !grant.IsUpgrade
                           join user in command.Db.Users on grant.PrincipalId equals user.Id
                           select new { Grant = grant, user.Email }).FirstOrDefaultAsync(ct);
        if (found is null)
        {
            return (null, new NoDirectGrant());
        }

        // One's own grant may be lowered or left, whatever a ceiling took from it.
        var refusal = userId == command.Actor.UserId ? null : CollaboratorRules.Touching(
            command.Access, await RoleCatalogue.GivenAsync(command.Db, organizationId, found.Grant.RoleKey, found.Grant.RestrictionId, ct));
        refusal ??= seen is { } version && version != found.Grant.Version ? new Stale() : null;
        return (new Collaborator(userId, found.Email ?? "", found.Grant), refusal);
    }

    private static Task<Result> ChangeAsync(Command command, Collaborator collaborator, RoleChange change, CancellationToken ct) =>
        WithHeirAsync(command, collaborator.UserId, change.Heir, () =>
        {
            var before = collaborator.Grant.RoleKey;
            collaborator.Grant.ChangeRole(change.Role, command.Actor.UserId, command.Actor.Name, command.NowUtc);
            command.Audit(AuditActions.CollaboratorRoleChanged, collaborator.Audited, new { Role = before }, new { Role = change.Role.Key });
            return Task.CompletedTask;
        }, ct);

    private static Task<Result> EndAsync(Command command, Collaborator collaborator, string action, string? heir, CancellationToken ct) =>
        WithHeirAsync(command, collaborator.UserId, heir, () =>
        {
            command.Db.Grants.Remove(collaborator.Grant);
            command.Audit(action, collaborator.Audited, before: new { Role = collaborator.Grant.RoleKey });
            return Task.CompletedTask;
        }, ct);

    private static async Task<Result> WithHeirAsync(Command command, Guid leaving, string? address, Func<Task> change, CancellationToken ct)
    {
        Heir? heir = null;
        if (TextRules.Clean(address) is { Length: > 0 } named)
        {
            if (AdminSuccession.RefuseToAppoint(command.Access) is { } refusal)
            {
                return refusal;
            }

            heir = await AdminSuccession.FindAsync(command, named, ct);
            if (heir is null)
            {
                return new NoAccountHere();
            }

            if (heir.User.Id == leaving)
            {
                return new HeirIsTheSamePerson();
            }
        }

        await AdminSuccession.HandOverAsync(command, leaving, heir, change, ct);
        return Result.Ok;
    }

    private sealed record Collaborator(Guid UserId, string Email, Grant Grant)
    {
        public AuditObject Audited => new("collaborator", UserId, Email);
    }
}
