using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;

namespace ProjectConsole.Tests.Domain.Access;

/// <summary>Facts of one person and one project, from a person outside the organization without a grant onwards.</summary>
internal static class Deciding
{
    public static Guid Me { get; } = Guid.Parse("019cae00-0000-7000-8000-000000000001");

    public static AccessFacts Stranger { get; } = new(
        RandomSets.Now,
        new PersonFacts(Me, IsLocked: false),
        new OrganizationFacts(Guid.NewGuid(), IsDeleted: false, AllowsExternalCollaborators: true, ProjectCreation.Everyone),
        null,
        new ProjectFacts(Guid.NewGuid(), ProjectState.Active, IsDefault: false),
        []);

    public static AccessFacts As(this AccessFacts facts, OrganizationRole role, bool ticked = false) =>
        facts with { Membership = new MembershipFacts(role, ticked) };

    public static AccessFacts With(this AccessFacts facts, ProjectRole role, PermissionSet denied = default, DateTime? expiresUtc = null) =>
        facts.Via(AccessSourceKind.Direct, role, denied, expiresUtc);

    public static AccessFacts Via(
        this AccessFacts facts, AccessSourceKind source, ProjectRole role, PermissionSet denied = default, DateTime? expiresUtc = null) =>
        facts with { Grants = [.. facts.Grants, new GrantFacts(Guid.NewGuid(), source, "", role.Title, role.Permissions, denied, expiresUtc)] };

    public static AccessFacts InState(this AccessFacts facts, ProjectState state) => facts with { Project = facts.Project! with { State = state } };

    public static AccessFacts InDefaultProject(this AccessFacts facts) => facts with { Project = facts.Project! with { IsDefault = true } };

    public static AccessFacts InOrganizationOnly(this AccessFacts facts) => facts with { Project = null };

    public static AccessFacts Creating(this AccessFacts facts, ProjectCreation creation) =>
        facts with { Organization = facts.Organization! with { ProjectCreation = creation } };

    public static EffectiveAccess Decide(this AccessFacts facts) => AccessDecision.Decide(facts);

    public static bool May(this AccessFacts facts, string permission) => facts.Decide().May(PermissionCatalogue.Get(permission));
}
