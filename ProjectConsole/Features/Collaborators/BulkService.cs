using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Collaborators;

/// <summary>
/// One act on many collaborators, in one transaction, with a line for each: either all of them or those that can. A dry run says
/// what it would do.
/// </summary>
public sealed class BulkService(ConsoleWriter writer, AccessControl access, DeniedAttempts denied, TimeProvider clock)
{
    /// <summary>The most people and teams of one act.</summary>
    public const int Most = 200;

    /// <summary>Changes or ends the grants of several people and teams.</summary>
    public Task<Result<BulkAnswer>> ChangeAsync(Actor actor, ProjectScope project, BulkChange change, CancellationToken ct = default)
    {
        var target = Target(project, change.Act);
        return RunAsync(actor, target, change.IsAllOrNothing, async command =>
        {
            var (db, ids) = (command.Db, change.Principals.Distinct().Take(Most + 1).ToArray());
            var names = await (from grant in db.Grants.Where(grant => grant.ProjectId == project.ProjectId && ids.Contains(grant.PrincipalId))
                               from user in db.Users.Where(user => user.Id == grant.PrincipalId).DefaultIfEmpty()
                               from team in db.Teams.Where(team => team.Id == grant.PrincipalId).DefaultIfEmpty()
                               select new { grant.PrincipalId, Name = user!.Email ?? team!.Name }).Distinct().ToDictionaryAsync(row => row.PrincipalId, row => row.Name, ct);
            return ids.Select(id => new BulkPart(names.GetValueOrDefault(id) ?? "Somebody who is no collaborator", () => OneAsync(command, id, change.Act, ct))).ToList();
        }, ct);
    }

    /// <summary>Gives everybody whom another project grants a role the same one here, as far as the actor can give it.</summary>
    /// <param name="actor">Who acts; sees the collaborators of the other project.</param>
    /// <param name="project">Where they are added.</param>
    /// <param name="copy">From where.</param>
    /// <param name="ct">Ends the command.</param>
    public Task<Result<BulkAnswer>> CopyAsync(Actor actor, ProjectScope project, CollaboratorCopy copy, CancellationToken ct = default)
    {
        var target = CommandTarget.InProject(project, Permissions.CollaboratorsAdd, AuditActions.CollaboratorAdded, CommandLock.Access);
        return RunAsync(actor, target, copy.IsAllOrNothing, async command =>
        {
            var from = new ProjectScope(project.OrganizationId, copy.FromProjectId);
            var reader = await access.InProjectAsync(command.Db, actor, from, ct);
            if (AccessRefusal.InProject(reader, Permissions.CollaboratorsView) is { } refusal)
            {
                return refusal;
            }

            var entity = await command.Db.Projects.AsNoTracking().SingleAsync(candidate => candidate.Id == project.ProjectId, ct);
            var sources = await SourcesAsync(command, from, ct);
            return sources.Select(source => new BulkPart(source.Name, () => CopyOneAsync(command, entity, source, ct))).ToList();
        }, ct);
    }

    private async Task<Result<BulkAnswer>> RunAsync(
        Actor actor, CommandTarget target, bool isAllOrNothing, Func<Command, Task<Result<List<BulkPart>>>> read, CancellationToken ct)
    {
        var lines = new List<ActLine>();
        var result = await writer.WriteAccessAsync(actor, target, async command =>
        {
            lines.Clear();
            var parts = await read(command);
            if (parts.Error is { } error)
            {
                return error;
            }

            if (parts.Value.Count is 0 or > Most)
            {
                return new Invalid("Principals", parts.Value.Count == 0 ? "There is nobody to do this for." : $"At most {Most} at once; these are more.");
            }

            foreach (var part in parts.Value)
            {
                lines.Add(new ActLine(part.Name, await command.AttemptAsync(part.RunAsync, ct)));
            }

            return lines.TrueForAll(line => line.Refusal is not null) || (isAllOrNothing && lines.Exists(line => line.Refusal is not null)) ? new NothingDone() : Result.Ok;
        }, ct);
        if (result.Error is not null and not NothingDone)
        {
            return result.Error;
        }

        Report(actor, target, lines);
        return new BulkAnswer(lines, result.Succeeded ? result.Value : null);
    }

    // The answer as a whole is a list of lines, which is no denial, so the write method does not report it.
    private void Report(Actor actor, CommandTarget target, List<ActLine> lines)
    {
        foreach (var refusal in lines.Select(line => line.Refusal).OfType<Error>().Where(refusal => refusal.IsDenial && !actor.DryRun))
        {
            denied.Report(actor, target, refusal, clock.GetUtcNow().UtcDateTime);
        }
    }

    // Standing grants in force; what only the other project knows is refused line by line.
    private static async Task<List<CopySource>> SourcesAsync(Command command, ProjectScope from, CancellationToken ct)
    {
        var (db, (organizationId, projectId), now) = (command.Db, from, command.NowUtc);
        return await (from grant in db.Grants.Where(grant => grant.OrganizationId == organizationId && grant.ProjectId == projectId && !grant.IsUpgrade
                          && (grant.ExpiresUtc == null || grant.ExpiresUtc > now))
                      from user in db.Users.Where(user => user.Id == grant.PrincipalId).DefaultIfEmpty()
                      from team in db.Teams.Where(team => team.Id == grant.PrincipalId).DefaultIfEmpty()
                      from member in db.Members.Where(member => member.OrganizationId == organizationId && member.UserId == grant.PrincipalId).DefaultIfEmpty()
                      orderby team!.NameFolded, user!.NormalizedEmail
                      select new CopySource(grant.PrincipalId, team!.Name ?? user!.Email ?? "", team != null, member!.RoleKey, grant.RoleKey, grant.RestrictionId, grant.ExpiresUtc))
            .Take(Most + 1).ToListAsync(ct);
    }

    private static async Task<Result> CopyOneAsync(Command command, Project project, CopySource source, CancellationToken ct)
    {
        if (!source.IsTeam && source.MemberRole is null && command.Access.Facts.Organization is not { AllowsExternalCollaborators: true })
        {
            return new ExternalsSwitchedOff();
        }

        var (terms, refusal) = await GrantTerms.FindAsync(command.Db, command.Project.Scope, source.Role, source.RestrictionId, source.ExpiresUtc, ct);
        refusal ??= Giver.Of(command.Access).Refuse(terms!.Given, source.ExpiresUtc);
        if (refusal is not null)
        {
            return refusal;
        }

        var role = await RoleCatalogue.FindOrganizationRoleAsync(command.Db, project.OrganizationId, source.MemberRole, ct);
        var found = new Addressee(source.PrincipalId, source.Name, source.IsTeam, !source.IsTeam && source.MemberRole is null, role);
        return await CollaboratorAddition.AddAsync(command, project, found, terms!, null, ct);
    }

    private static Task<Result> OneAsync(Command command, Guid principalId, BulkAct act, CancellationToken ct) => act switch
    {
        BulkAct.Role role => CollaboratorChanges.RoleAsync(command, new RoleChange(principalId, role.Key), ct),
        BulkAct.Expiry expiry => CollaboratorChanges.ExpiryAsync(command, new ExpiryChange(principalId, expiry.ExpiresUtc), ct),
        _ => CollaboratorChanges.RemovalAsync(command, new Removal(principalId), AuditActions.CollaboratorRemoved, ct),
    };

    private static CommandTarget Target(ProjectScope project, BulkAct act) => act switch
    {
        BulkAct.Role => CommandTarget.InProject(project, Permissions.CollaboratorsChange, AuditActions.CollaboratorRoleChanged, CommandLock.Access),
        BulkAct.Expiry => CommandTarget.InProject(project, Permissions.CollaboratorsChange, AuditActions.CollaboratorExpiryChanged, CommandLock.Access),
        _ => CommandTarget.InProject(project, Permissions.CollaboratorsRemove, AuditActions.CollaboratorRemoved, CommandLock.Access),
    };

    private sealed record BulkPart(string Name, Func<Task<Result>> RunAsync);

    private sealed record CopySource(Guid PrincipalId, string Name, bool IsTeam, string? MemberRole, string Role, Guid? RestrictionId, DateTime? ExpiresUtc);

    // Ends the transaction; who asked reads the lines.
    private sealed record NothingDone : RuleError
    {
        public override string Message => "Nothing was changed.";
    }
}
