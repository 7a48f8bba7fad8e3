using ProjectConsole.Domain.Access;

namespace ProjectConsole.Security;

/// <summary>What a role in a project would give somebody who has nothing yet: asked of the one function, for nobody in particular.</summary>
internal static class NewcomerDecisions
{
    /// <summary>Decides it over the facts of the project.</summary>
    /// <param name="project">The project, as whoever gives the role has it.</param>
    /// <param name="role">The role.</param>
    /// <param name="endsUtc">When it ends; null for never.</param>
    /// <param name="membership">The newcomer's role in the organization; null for somebody from outside.</param>
    public static EffectiveAccess Decide(ProjectAccess project, ProjectRole role, DateTime? endsUtc, OrganizationRole? membership)
    {
        var grant = new GrantFacts(Guid.Empty, AccessSourceKind.Direct, "", role.Title, role.Permissions, PermissionSet.Empty, endsUtc) { RoleKey = role.Key };
        return AccessDecision.Decide(project.Access.Facts with
        {
            Person = new PersonFacts(Guid.Empty, IsLocked: false),
            Membership = membership is null ? null : new MembershipFacts(membership, MayCreateProjects: false),
            Grants = [grant],
        });
    }
}
