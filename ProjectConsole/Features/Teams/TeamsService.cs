using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Teams;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Teams;

/// <summary>Makes, changes and ends teams, and says who is in them. Being in a team gives all that the team holds.</summary>
public sealed class TeamsService(ConsoleWriter writer, GrantAuthority authority, TeamMembership membership)
{
    private const string SlugWord = "Team ID";

    /// <summary>Creates a team, with nobody in it.</summary>
    public Task<Result<Guid>> CreateAsync(Actor actor, Guid organizationId, NewTeam typed, CancellationToken ct = default) =>
        writer.WriteAsync(actor, Target(organizationId, AuditActions.TeamCreated, CommandLock.Exclusive), command => CreateAsync(command, typed, ct), ct);

    /// <summary>Gives a team another name and description.</summary>
    public Task<Result> ChangeAsync(Actor actor, Guid organizationId, TeamTexts typed, CancellationToken ct = default) =>
        writer.WriteAsync(actor, Target(organizationId, AuditActions.TeamChanged, CommandLock.Exclusive), command => ChangeAsync(command, typed, ct), ct);

    /// <summary>Ends a team with all that was granted to it. In a dry run answers who loses what.</summary>
    public Task<Result<AccessChange>> DeleteAsync(Actor actor, Guid organizationId, TeamDeletion deletion, CancellationToken ct = default) =>
        writer.WriteAccessAsync(actor, Target(organizationId, AuditActions.TeamDeleted, CommandLock.Access), command => DeleteAsync(command, deletion, ct), ct);

    /// <summary>
    /// Adds members of the organization, and answers a line for each address. Where nobody could be added nothing is written,
    /// and the error lists the sentence of each. In a dry run answers what it would change.
    /// </summary>
    public async Task<Result<TeamAddition>> AddMembersAsync(Actor actor, Guid organizationId, NewTeamMembers typed, CancellationToken ct = default)
    {
        IReadOnlyList<AddedLine> lines = [];
        var result = await writer.WriteAccessAsync(
            actor,
            Target(organizationId, AuditActions.TeamMembersAdded, CommandLock.Access),
            async command =>
            {
                var added = await membership.AddAsync(command, typed, ct);
                lines = added.Succeeded ? added.Value : [];
                return added.Succeeded ? Result.Ok : added.Error;
            },
            ct);
        return result.Succeeded ? new TeamAddition(lines, result.Value) : result.Error;
    }

    /// <summary>Takes people out of a team. In a dry run answers what they lose.</summary>
    public Task<Result<AccessChange>> RemoveMemberAsync(Actor actor, Guid organizationId, TeamMemberRemoval removal, CancellationToken ct = default) =>
        writer.WriteAccessAsync(actor, Target(organizationId, AuditActions.TeamMemberRemoved, CommandLock.Access), command => membership.RemoveAsync(command, removal, ct), ct);

    /// <summary>The projects in which a team's grants count, through a workspace too, deleted ones among them.</summary>
    internal static IQueryable<Project> ProjectsOf(ConsoleDbContext db, Guid organizationId, Guid teamId)
    {
        var reached = AccessReach.ProjectsOf(db, db.Grants.Where(grant => grant.PrincipalId == teamId));
        return db.Projects.Where(project => reached.Contains(project.Id) && project.OrganizationId == organizationId);
    }

    private static async Task<Result<Guid>> CreateAsync(Command command, NewTeam typed, CancellationToken ct)
    {
        if (await RefuseNewAsync(command, typed, ct) is { } wrong)
        {
            return wrong;
        }

        var team = new Team(command.Organization.Id, Slug.Clean(typed.Slug), TextRules.Clean(typed.Name), TextRules.Clean(typed.Description), command.NowUtc);
        command.Db.Teams.Add(team);
        command.Audit(AuditActions.TeamCreated, ObjectOf(team), after: new { team.Slug, team.Name, team.Description });
        return team.Id;
    }

    /// <summary>What is wrong with the texts of a new team, or null.</summary>
    internal static async Task<Invalid?> RefuseNewAsync(Command command, NewTeam typed, CancellationToken ct)
    {
        var (organizationId, slug) = (command.Organization.Id, Slug.Clean(typed.Slug));
        var (name, description) = (TextRules.Clean(typed.Name), TextRules.Clean(typed.Description));
        var others = await command.Db.Teams.Where(team => team.OrganizationId == organizationId).Select(team => new { team.Slug, team.Name }).ToListAsync(ct);
        var errors = TextErrors(name, description, others.Select(team => team.Name));
        if ((Slug.Error(slug, SlugWord) ?? (others.Exists(team => Slug.Fold(team.Slug) == Slug.Fold(slug))
            ? $"{slug} is taken in this organization. Hyphens and underscores count as equal." : null)) is { } slugError)
        {
            errors.Add(new(nameof(typed.Slug), slugError));
        }

        return errors.Count > 0 ? new Invalid(errors) : null;
    }

    private static async Task<Result> ChangeAsync(Command command, TeamTexts typed, CancellationToken ct)
    {
        var (organizationId, name, description) = (command.Organization.Id, TextRules.Clean(typed.Name), TextRules.Clean(typed.Description));
        if (await FindAsync(command, typed.TeamId, ct) is not { } team)
        {
            return new NoSuchTeam();
        }

        var others = await command.Db.Teams.Where(other => other.OrganizationId == organizationId && other.Id != team.Id).Select(other => other.Name).ToListAsync(ct);
        if (TextErrors(name, description, others) is { Count: > 0 } errors)
        {
            return new Invalid(errors);
        }

        if (typed.Version is { } version && version != team.Version)
        {
            return new Stale();
        }

        command.Audit(AuditActions.TeamChanged, ObjectOf(team), new { team.Name, team.Description }, new { Name = name, Description = description });
        team.Change(name, description);
        return Result.Ok;
    }

    private async Task<Result> DeleteAsync(Command command, TeamDeletion deletion, CancellationToken ct)
    {
        var (db, organizationId) = (command.Db, command.Organization.Id);
        if (await FindAsync(command, deletion.TeamId, ct) is not { } team)
        {
            return new NoSuchTeam();
        }

        if (await db.Assertions.AnyAsync(assertion => assertion.TeamId == team.Id, ct))
        {
            return new TeamNamedByAssertion(team.Name);
        }

        var grants = await GrantsOf(command, team.Id).ToListAsync(ct);
        if (await authority.RefuseToTakeAsync(command, grants, ct) is { } exceeds)
        {
            return exceeds;
        }

        await command.AffectsAsync(GrantsOf(command, team.Id), ct);
        return await AdminSuccession.WithHeirAsync(command, deletion.Heir, leaving: [], async () =>
        {
            var people = await AuditEndAsync(command, team, grants, ct);
            command.Audit(AuditActions.TeamDeleted, ObjectOf(team), new TeamEndState(team.Slug, team.Description, people, grants.Count));
            db.Grants.RemoveRange(grants);
            await TeamRemoval.DeletePeopleAsync(db, team.Id, ct);
            db.Teams.Remove(team);
        }, ct);
    }

    // Who was in it and what it held, in entries of their own: one of them has a size, and bringing the team back reads them. Answers how many were in it.
    private static async Task<int> AuditEndAsync(Command command, Team team, IReadOnlyList<Grant> grants, CancellationToken ct)
    {
        var (db, organizationId) = (command.Db, command.Organization.Id);
        var workspaces = await db.Workspaces.Where(workspace => workspace.OrganizationId == organizationId && db.Grants.Any(grant => grant.PrincipalId == team.Id && grant.WorkspaceId == workspace.Id))
            .ToDictionaryAsync(workspace => workspace.Id, workspace => workspace.Slug, ct);
        foreach (var grant in grants.OrderByDescending(grant => grant.IsUpgrade))
        {
            command.AuditIn(
                grant.OrganizationId, grant.ProjectId,
                grant.ProjectId is null ? AuditActions.WorkspaceGrantRemoved
                    : grant.IsUpgrade ? AuditActions.CollaboratorRaiseEnded : AuditActions.CollaboratorRemoved,
                ObjectOf(team),
                grant.WorkspaceId is { } workspace ? WorkspaceGrantState.Of(grant, workspaces[workspace]) : GrantState.Of(grant, isTeam: true));
        }

        var people = from principal in db.Principals.Where(principal => principal.Id == team.Id)
                     join user in db.Users on principal.UserId equals user.Id
                     orderby user.NormalizedEmail
                     select user;
        var all = await people.AsNoTracking().ToListAsync(ct);
        foreach (var some in all.Chunk(TeamMembership.MostInAnEntry))
        {
            command.Audit(AuditActions.TeamMemberRemoved, ObjectOf(team), before: TeamMembership.StateOf(some));
        }

        return all.Count;
    }

    private static List<FieldError> TextErrors(string name, string description, IEnumerable<string> others)
    {
        var errors = new List<FieldError>();
        if ((TeamNames.Error(name) ?? TeamNames.Taken(name, others)) is { } nameError)
        {
            errors.Add(new(nameof(NewTeam.Name), nameError));
        }

        if (TextRules.TextError(description, "Description", Team.LongestDescription) is { } descriptionError)
        {
            errors.Add(new(nameof(NewTeam.Description), descriptionError));
        }

        return errors;
    }

    internal static Task<Team?> FindAsync(Command command, Guid teamId, CancellationToken ct)
    {
        var organizationId = command.Organization.Id;
        return command.Db.Teams.FirstOrDefaultAsync(team => team.OrganizationId == organizationId && team.Id == teamId, ct);
    }

    internal static IQueryable<Grant> GrantsOf(Command command, Guid teamId)
    {
        var organizationId = command.Organization.Id;
        return command.Db.Grants.Where(grant => grant.OrganizationId == organizationId && grant.PrincipalId == teamId);
    }

    private static CommandTarget Target(Guid organizationId, string action, CommandLock hold) =>
        CommandTarget.InOrganization(organizationId, Permissions.TeamsManage, action, hold);

    internal static AuditObject ObjectOf(Team team) => new("team", team.Id, team.Name);
}
