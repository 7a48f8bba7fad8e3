using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;

namespace ProjectConsole.Domain.Access;

/// <summary>
/// The one function that decides: facts in, permission set out. Grants add, ceilings cap, restrictions subtract.
/// Pages, services, previews, explanations and tests all call it; there is no second check.
/// </summary>
public static class AccessDecision
{
    private static readonly PermissionSet ProjectView = PermissionSet.Of(Permissions.ProjectView);
    private static readonly PermissionSet DeletedProject = PermissionSet.Of(Permissions.ProjectDelete);
    private static readonly PermissionSet DeletedOrganization = PermissionSet.Of(Permissions.OrganizationDelete);
    private static readonly PermissionSet CreateProjects = PermissionSet.Of(Permissions.ProjectsCreate);
    private static readonly PermissionSet Administer = PermissionSet.Of(Permissions.InstallationManage, Permissions.OrganizationsCreate);
    private static readonly PermissionSet CreateOrganizations = PermissionSet.Of(Permissions.OrganizationsCreate);

    /// <summary>Decides what the person may do, and keeps how it came to that.</summary>
    public static EffectiveAccess Decide(AccessFacts facts)
    {
        if (facts.Key is { } key && !key.IsInForce(facts.Now))
        {
            return EffectiveAccess.Nothing(facts, AccessBlock.KeyOver);
        }

        if (facts.Person.IsLocked)
        {
            return EffectiveAccess.Nothing(facts, AccessBlock.Locked);
        }

        if (facts.Organization is not { } organization)
        {
            return Cut(facts, InInstallation(facts.Person), AccessBlock.None);
        }

        if (facts is { Membership: null, Key: null } && !organization.AllowsExternalCollaborators)
        {
            return EffectiveAccess.Nothing(facts, AccessBlock.ExternalsSwitchedOff);
        }

        return facts.Project is { } project ? InProject(facts, organization, project) : InOrganization(facts, organization);
    }

    /// <summary>
    /// What a locked person would have without the lock, and what anybody else has: what is given to the account meanwhile is
    /// theirs the moment it is unlocked, so assertions judge by this.
    /// </summary>
    public static EffectiveAccess AsIfUnlocked(EffectiveAccess access) => access.Block == AccessBlock.Locked
        ? Decide(access.Facts with { Person = access.Facts.Person with { IsLocked = false } })
        : access;

    private static PermissionSet InInstallation(PersonFacts person) => person switch
    {
        { IsInstallationAdministrator: true } => Administer,
        { MayCreateOrganizations: true } => CreateOrganizations,
        _ => PermissionSet.Empty,
    };

    private static EffectiveAccess InOrganization(AccessFacts facts, OrganizationFacts organization)
    {
        var held = facts.Membership?.Role.Rights ?? PermissionSet.Empty;
        if (facts.Membership is { } membership && membership.Role == OrganizationRole.Member && Creates(organization, membership))
        {
            held |= CreateProjects;
        }

        return organization.IsDeleted ? Cut(facts, held & DeletedOrganization, AccessBlock.Deleted) : Cut(facts, held, AccessBlock.None);
    }

    // A personal token holds what it was given, and at each use no more than the person holds then.
    private static EffectiveAccess Cut(AccessFacts facts, PermissionSet held, AccessBlock block) => facts.Token is { } token
        ? new EffectiveAccess(facts, held & token, block) { BeyondToken = held - token }
        : new EffectiveAccess(facts, held, block);

    private static bool Creates(OrganizationFacts organization, MembershipFacts membership) => organization.ProjectCreation switch
    {
        ProjectCreation.Everyone => true,
        ProjectCreation.TickedMembers => membership.MayCreateProjects,
        ProjectCreation.Admins => false,
        _ => throw new ArgumentOutOfRangeException(nameof(organization), organization.ProjectCreation, null),
    };

    private static EffectiveAccess InProject(AccessFacts facts, OrganizationFacts organization, ProjectFacts project)
    {
        if (organization.IsDeleted)
        {
            return EffectiveAccess.Nothing(facts, AccessBlock.Deleted);
        }

        var sources = Sources(facts, project);
        var union = PermissionSet.Empty;
        foreach (ref readonly var source in sources.AsSpan())
        {
            union |= source.After;
        }

        var ceiling = facts.Key is not null ? PermissionCatalogue.Project : facts.Membership?.Role.Ceiling ?? OrganizationRole.ExternalCeiling;
        var held = (union & ceiling) | (union & ProjectView);
        if (facts.Token is not { } token)
        {
            return new EffectiveAccess(facts, sources, union, ceiling, held, While(project.State, held));
        }

        var cut = held & token;
        return new EffectiveAccess(facts, sources, union, ceiling, cut, While(project.State, cut)) { BeyondToken = While(project.State, held - cut) };
    }

    private static PermissionSet While(ProjectState state, PermissionSet held) => state switch
    {
        ProjectState.Active => held,
        ProjectState.Suspended => held & PermissionCatalogue.WhileSuspended,
        ProjectState.Deleted => held & DeletedProject,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    private static AccessSource[] Sources(AccessFacts facts, ProjectFacts project)
    {
        if (facts.Key is { } key)
        {
            // Written as a grant, so that what the key gives on ends no later than the key.
            return [AccessSource.OfGrant(new GrantFacts(key.Id, AccessSourceKind.Key, "", key.Name, key.Permissions, PermissionSet.Empty, key.ExpiresUtc))];
        }

        var membership = facts.Membership;
        var fromRole = membership is { } member && !member.Role.InEveryProject.IsEmpty;
        var fromDefault = membership is not null && project.IsDefault;
        var sources = new AccessSource[(fromRole ? 1 : 0) + (fromDefault ? 1 : 0) + facts.Grants.Count];
        var count = 0;
        if (fromRole)
        {
            sources[count++] = AccessSource.OfOrganizationRole(membership!.Role);
        }

        if (fromDefault)
        {
            sources[count++] = AccessSource.DefaultProject;
        }

        for (var index = 0; index < facts.Grants.Count; index++)
        {
            if (facts.Grants[index].IsInForce(facts.Now))
            {
                sources[count++] = AccessSource.OfGrant(facts.Grants[index]);
            }
        }

        return count == sources.Length ? sources : sources[..count];
    }
}
