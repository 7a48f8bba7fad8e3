using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Collaborators;

/// <summary>Adds one person or team to a project inside an open command, by the rules that hold wherever somebody is added.</summary>
public sealed class CollaboratorAddition(AddressTries tries, DeniedAttempts denied)
{
    /// <summary>Adds the person or team to the command's own project, with what its actor can give.</summary>
    internal async Task<Result> AddAsync(Command command, NewCollaborator person, CancellationToken ct)
    {
        var projectId = command.Project.Scope.ProjectId;
        var project = await command.Db.Projects.AsNoTracking().SingleAsync(candidate => candidate.Id == projectId, ct);
        return await AddAsync(command, project, Giver.Of(command.Access), person, ct);
    }

    /// <summary>Adds the person or team, or refuses without having written anything.</summary>
    /// <param name="command">An open command in the project or its organization.</param>
    /// <param name="project">The project.</param>
    /// <param name="giver">What whoever gives the role can give on.</param>
    /// <param name="person">Whom to add as what.</param>
    /// <param name="ct">Ends the command.</param>
    public async Task<Result> AddAsync(Command command, Project project, Giver giver, NewCollaborator person, CancellationToken ct = default)
    {
        var address = TextRules.Clean(person.Address);
        var isTeam = address != "" && !address.Contains('@', StringComparison.Ordinal);
        if (!isTeam && EmailAddress.Problem(address) is { } problem)
        {
            return new Invalid(nameof(NewCollaborator.Address), problem);
        }

        // Teams are in already, so they are added directly. Whoever is a member or a collaborator elsewhere is invited like anybody
        // else: they say yes by themselves, and the answer tells nothing about who has an account.
        if (!isTeam && await InvitationOnly.RefuseAsync(command.Db, project.OrganizationId, ct) is { } invites)
        {
            return invites;
        }

        var (terms, refusal) = await CheckAsync(command, project, giver, person, ct);
        if (terms is null)
        {
            return refusal!;
        }

        var (found, unknown) = isTeam ? await FindTeamAsync(command, project, address, ct) : await FindPersonAsync(command, project, address, person.IsExternal, ct);
        return found is null ? unknown! : await AddAsync(command, project, found, terms, person.By, ct);
    }

    /// <summary>
    /// Adds somebody who is known already, with terms that were checked. It asks for no invitation: who is copied from another
    /// project of the organization has joined it before.
    /// </summary>
    internal static async Task<Result> AddAsync(Command command, Project project, Addressee found, GrantTerms terms, GrantedBy? by, CancellationToken ct)
    {
        if (found.Role is { } role && (role.InEveryProject & role.Ceiling).Contains(Permissions.CollaboratorsManageAdmins))
        {
            return new AdminAlready(found.Name, role.Title);
        }

        var existing = await ExistingAsync(command, project, found.Id, ct);
        if (existing is not null && !(existing.ExpiresUtc <= command.NowUtc))
        {
            var title = (await RoleCatalogue.FindProjectRoleAsync(command.Db, new ProjectScope(project.OrganizationId, project.Id), existing.RoleKey, ct))?.Title;
            return new CollaboratorAlready(found.Name, title ?? existing.RoleKey);
        }

        var scope = new ProjectScope(project.OrganizationId, project.Id);
        if (!found.IsTeam && await BesideTeams.RefuseInProjectAsync(command, scope, new PersonBeside(found.Id, found.Name), ct) is { } refusal)
        {
            return refusal;
        }

        if (await CollaboratorRoom.RefuseAsync(command, scope, ct) is { } full)
        {
            return full;
        }

        await WriteAsync(command, project, found, terms, existing, by ?? new GrantedBy(command.Actor.UserId, command.Actor.Name), ct);
        return Result.Ok;
    }

    private static async Task<(GrantTerms? Terms, Error? Refusal)> CheckAsync(
        Command command, Project project, Giver giver, NewCollaborator person, CancellationToken ct)
    {
        var (terms, refusal) = await GrantTerms.FindAsync(
            command.Db, new ProjectScope(project.OrganizationId, project.Id), person.Role, person.RestrictionId, person.ExpiresUtc, ct);
        refusal ??= GrantTerms.RefuseExpiry(person.ExpiresUtc, command.NowUtc) ?? giver.Refuse(terms!.Given, person.ExpiresUtc);
        return (refusal is null ? terms : null, refusal);
    }

    private static async Task WriteAsync(
        Command command, Project project, Addressee found, GrantTerms terms, Grant? ended, GrantedBy by, CancellationToken ct)
    {
        var (db, projectId) = (command.Db, project.Id);
        var people = await db.Principals.Where(principal => principal.Id == found.Id).Select(principal => principal.UserId).ToListAsync(ct);
        await command.AffectsAsync(people, db.Projects.Where(each => each.Id == projectId), ct);
        if (ended is null)
        {
            ended = Grant.OnProject(project.OrganizationId, projectId, found.Id, terms.Role, by.UserId, by.Name, command.NowUtc);
            db.Grants.Add(ended);
        }
        else
        {
            // A grant that ended by itself is still a row, and there is one for each principal.
            ended.ChangeRole(terms.Role, by.UserId, by.Name, command.NowUtc);
        }

        ended.With(terms.ExpiresUtc, terms.RestrictionId);
        command.AuditIn(
            project.OrganizationId, projectId, AuditActions.CollaboratorAdded, new AuditObject("collaborator", found.Id, found.Name),
            after: GrantState.Of(ended, found.IsTeam) with { External = found.IsTeam ? null : found.IsExternal });
        if (!found.IsTeam)
        {
            var address = EmailAddress.Normalize(found.Name);
            await OpenInvitations.CancelAsync(
                command, db.Invitations.Where(row => row.ProjectId == projectId && row.OrganizationRoleKey == null && row.NormalizedEmail == address), ct);
        }
    }

    private Error? RefuseExternal(Command command, string email) =>
        command.Access.Facts.Organization is not { AllowsExternalCollaborators: true } ? new ExternalsSwitchedOff()
        : tries.Take(command.Actor.UserId, AddressUse.Add, email) ? null
        : new TooManyExternalTries(AddressTries.Window);

    // One query whatever the answer, so that its time does not tell whether the account exists elsewhere.
    private async Task<(Addressee? Found, Error? Refusal)> FindPersonAsync(Command command, Project project, string email, bool isExternal, CancellationToken ct)
    {
        if (isExternal && RefuseExternal(command, email) is { } refusal)
        {
            return (null, refusal);
        }

        var (db, normalized) = (command.Db, EmailAddress.Normalize(email));
        var row = await (from user in db.Users.Where(user => user.NormalizedEmail == normalized && user.EmailConfirmed)
                         from member in db.Members.Where(member => member.OrganizationId == project.OrganizationId && member.UserId == user.Id).DefaultIfEmpty()
                         select new { user.Id, user.Email, MemberRole = (string?)member!.RoleKey }).FirstOrDefaultAsync(ct);
        if (row is null || (row.MemberRole is null && !isExternal))
        {
            return (null, isExternal ? new NoAccountAnywhere(email) : new NoAccountHere());
        }

        // A miss is in the log as a denial, and a hit as an addition, unless it was a preview.
        if (isExternal && command.Actor.DryRun)
        {
            denied.Report(command.Actor, command.Target, new AskedInPreview(email), command.NowUtc);
        }

        var role = await RoleCatalogue.FindOrganizationRoleAsync(db, project.OrganizationId, row.MemberRole, ct);
        return (new Addressee(row.Id, row.Email ?? email, IsTeam: false, row.MemberRole is null, role), null);
    }

    // Somebody who does not see the organization's teams learns nothing about which there are.
    private static async Task<(Addressee? Found, Error? Refusal)> FindTeamAsync(Command command, Project project, string typed, CancellationToken ct)
    {
        var slug = typed.ToLowerInvariant();
        var team = command.Access.Facts.Membership?.Role.Rights.Contains(Permissions.TeamsView) != true ? null
            : await command.Db.Teams.Where(team => team.OrganizationId == project.OrganizationId && team.Slug == slug).AsNoTracking().FirstOrDefaultAsync(ct);
        return team is null
            ? (null, new Invalid(nameof(NewCollaborator.Address), $"“{typed}” is neither an e-mail address nor the ID of a team in this organization."))
            : (new Addressee(team.Id, team.Name, IsTeam: true, IsExternal: false, null), null);
    }

    // A command that adds several has not saved the earlier ones yet.
    private static async Task<Grant?> ExistingAsync(Command command, Project project, Guid principalId, CancellationToken ct) =>
        command.Db.Grants.Local.FirstOrDefault(grant => grant.ProjectId == project.Id && grant.PrincipalId == principalId && !grant.IsUpgrade)
        ?? await command.Db.Grants.FirstOrDefaultAsync(grant => grant.ProjectId == project.Id && grant.PrincipalId == principalId && !grant.IsUpgrade, ct);
}

/// <summary>Whom an address or Team ID names.</summary>
internal sealed record Addressee(Guid Id, string Name, bool IsTeam, bool IsExternal, OrganizationRole? Role);
