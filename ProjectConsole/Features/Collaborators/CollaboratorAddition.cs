using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Collaborators;

/// <summary>Adds one person to a project inside an open command, by the rules that hold wherever a person is added.</summary>
public sealed class CollaboratorAddition(AddressTries tries)
{
    /// <summary>Adds the person, or refuses without having written anything.</summary>
    /// <param name="command">An open command in the project or its organization.</param>
    /// <param name="project">The project.</param>
    /// <param name="held">
    /// What the actor holds in the project; nobody gives more than that. While a project is being created, that is what its
    /// creator is about to have.
    /// </param>
    /// <param name="person">Whom to add as what.</param>
    /// <param name="ct">Ends the command.</param>
    public async Task<Result> AddAsync(Command command, Project project, PermissionSet held, NewCollaborator person, CancellationToken ct = default)
    {
        var email = TextRules.Clean(person.Email);
        if (EmailAddress.Problem(email) is { } problem)
        {
            return new Invalid(nameof(NewCollaborator.Email), problem);
        }

        if (person.Role.Permissions - held is { IsEmpty: false } missing)
        {
            return new ExceedsOwn(missing);
        }

        if (person.IsExternal && RefuseExternal(command) is { } refusal)
        {
            return refusal;
        }

        var account = await FindAsync(command, project, email, ct);
        if (account is null || (account.OrganizationRole is null && !person.IsExternal))
        {
            return person.IsExternal ? new NoAccountAnywhere(email) : new NoAccountHere();
        }

        if (account.OrganizationRole is { } role && role.InEveryProject.Contains(Permissions.CollaboratorsManageAdmins))
        {
            return new AdminAlready(account.Email, role.Title);
        }

        if (ExistingRole(command, project, account) is { } existing)
        {
            return new CollaboratorAlready(account.Email, existing);
        }

        await WriteAsync(command, project, person.Role, account, ct);
        return Result.Ok;
    }

    private static async Task WriteAsync(Command command, Project project, ProjectRole role, Account account, CancellationToken ct)
    {
        await command.AffectsAsync([account.UserId], ct);
        command.Db.Grants.Add(Grant.OnProject(
            project.OrganizationId, project.Id, account.UserId, role, command.Actor.UserId, command.Actor.Name, command.NowUtc));
        command.AuditIn(
            project.OrganizationId, project.Id, AuditActions.CollaboratorAdded, new AuditObject("collaborator", account.UserId, account.Email),
            after: new { Role = role.Key, External = account.OrganizationRole is null });
    }

    private Error? RefuseExternal(Command command) =>
        command.Access.Facts.Organization is not { AllowsExternalCollaborators: true } ? new ExternalsSwitchedOff()
        : tries.Take(command.Actor.UserId) ? null
        : new TooManyExternalTries(AddressTries.Window);

    // One query whatever the answer, so that its time does not tell whether the account exists elsewhere.
    private static async Task<Account?> FindAsync(Command command, Project project, string email, CancellationToken ct)
    {
        var (db, normalized) = (command.Db, EmailAddress.Normalize(email));
        var found = await (from user in db.Users.Where(user => user.NormalizedEmail == normalized && user.EmailConfirmed)
                           from member in db.Members.Where(member => member.OrganizationId == project.OrganizationId && member.UserId == user.Id).DefaultIfEmpty()
                           from grant in db.Grants.Where(grant => grant.ProjectId == project.Id && grant.PrincipalId == user.Id).DefaultIfEmpty()
                           select new { user.Id, user.Email, MemberRole = (string?)member!.RoleKey, GrantRole = (string?)grant!.RoleKey }).FirstOrDefaultAsync(ct);
        return found is null ? null : new Account(found.Id, found.Email ?? email, OrganizationRole.Find(found.MemberRole), found.GrantRole);
    }

    // A command that adds several people has not saved the earlier ones yet.
    private static string? ExistingRole(Command command, Project project, Account account)
    {
        var key = account.GrantRole
            ?? command.Db.Grants.Local.FirstOrDefault(grant => grant.ProjectId == project.Id && grant.PrincipalId == account.UserId)?.RoleKey;
        return key is null ? null : ProjectRole.Find(key)?.Title ?? key;
    }

    private sealed record Account(Guid UserId, string Email, OrganizationRole? OrganizationRole, string? GrantRole);
}
