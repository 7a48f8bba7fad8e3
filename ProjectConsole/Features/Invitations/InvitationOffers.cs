using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Invitations;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Invitations;

/// <summary>
/// Whether somebody may give what an invitation promises: asked of whoever sends it, and again of the same person at the moment
/// when it is accepted.
/// </summary>
public sealed class InvitationOffers(AccessControl access)
{
    /// <summary>The permission, place and locks of a command about an offer.</summary>
    /// <param name="organizationId">The tenant.</param>
    /// <param name="offer">What is promised.</param>
    /// <param name="action">Of <see cref="AuditActions"/>.</param>
    /// <param name="hold">How the row is held: exclusive, so that no two invite one address at once, or for access.</param>
    public static CommandTarget Target(Guid organizationId, InvitationOffer offer, string action, CommandLock hold) =>
        offer is { OrganizationRoleKey: null, ProjectId: { } projectId }
            ? CommandTarget.InProject(new ProjectScope(organizationId, projectId), Permissions.CollaboratorsAdd, action, hold)
            : CommandTarget.InOrganization(organizationId, Permissions.MembersManage, action, hold);

    /// <summary>The offer with its roles, or why the giver may not give it.</summary>
    /// <param name="command">A running command at <see cref="Target"/>, by the giver's permission.</param>
    /// <param name="giver">Whose permission counts: who sends it, through what; and when it is accepted, whoever sent it.</param>
    /// <param name="offer">What is promised.</param>
    /// <param name="ct">Ends the command.</param>
    public async Task<Result<CheckedOffer>> CheckAsync(Command command, Actor giver, InvitationOffer offer, CancellationToken ct)
    {
        // Accepting asks once more whether the giver may: a key would have to be one then, and may be gone.
        if (giver.Credential is KeyCredential)
        {
            return new NotThroughCredential("A key cannot send an invitation, because nobody could accept it: whoever invites must be a person. Send it in the console, or with a personal token.");
        }

        var names = offer.OrganizationRoleKey is null ? command.Project.Organization : command.Organization.Organization;
        var organizationRole = await RoleCatalogue.FindOrganizationRoleAsync(command.Db, names.Id, offer.OrganizationRoleKey, ct);
        if (offer.OrganizationRoleKey is not null && (organizationRole is null ? new InvitedRoleIsGone() : MemberRules.RefuseToGive(command.Access, organizationRole)) is { } refusal)
        {
            return refusal;
        }

        if (offer.ProjectId is not { } projectId)
        {
            return new CheckedOffer(names, organizationRole, null, null);
        }

        var project = organizationRole is null ? command.Project : await access.InProjectAsync(command.Db, giver, new ProjectScope(names.Id, projectId), ct);
        if (project is null or { Project.State: ProjectState.Deleted })
        {
            return new InvitedProjectIsGone();
        }

        var role = await RoleCatalogue.FindProjectRoleAsync(command.Db, project.Scope, offer.ProjectRoleKey, ct);
        var wrong = AccessRefusal.InProject(project, Permissions.CollaboratorsAdd) ?? (role is null ? new InvitedRoleIsGone() : Giver.Of(project.Access).Refuse(role.Permissions, offer.GrantExpiresUtc));
        return wrong is null ? new CheckedOffer(names, organizationRole, project, role) : wrong;
    }
}

/// <summary>An offer whose roles exist and that its giver may make.</summary>
/// <param name="Organization">The organization.</param>
/// <param name="OrganizationRole">The role in it; null for none.</param>
/// <param name="Project">The project as the giver has it; null for none.</param>
/// <param name="ProjectRole">The role in it; null for none.</param>
public sealed record CheckedOffer(OrganizationNames Organization, OrganizationRole? OrganizationRole, ProjectAccess? Project, ProjectRole? ProjectRole)
{
    /// <summary>In words.</summary>
    public InvitationWords Words => new(Organization.Name, Project?.Project.Name, OrganizationRole?.Title, ProjectRole?.Title);
}
