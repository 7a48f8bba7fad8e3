using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;

namespace ProjectConsole.Tests.Domain.Access;

/// <summary>Random material for properties of the decision; seeded, so that a failure comes again.</summary>
internal static class RandomSets
{
    public static DateTime Now { get; } = new(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);

    public static PermissionSet Permissions(Random random)
    {
        var share = random.NextDouble();
        return PermissionSet.Of(PermissionCatalogue.All.Where(_ => random.NextDouble() < share));
    }

    public static AccessFacts Facts(Random random)
    {
        var role = random.Next(5) is var number and < 4 ? OrganizationRole.All[number] : null;
        var state = (ProjectState)random.Next(3);
        return new AccessFacts(
            Now,
            new PersonFacts(Guid.NewGuid(), IsLocked: random.Next(10) == 0),
            new OrganizationFacts(Guid.NewGuid(), IsDeleted: random.Next(10) == 0, AllowsExternalCollaborators: random.Next(3) > 0, (ProjectCreation)random.Next(3)),
            role is null ? null : new MembershipFacts(role, random.Next(2) == 0),
            new ProjectFacts(Guid.NewGuid(), state, IsDefault: random.Next(4) == 0),
            [.. Enumerable.Range(0, random.Next(4)).Select(_ => Grant(random))]);
    }

    private static GrantFacts Grant(Random random)
    {
        var role = ProjectRole.All[random.Next(ProjectRole.All.Count)];
        var source = (AccessSourceKind)random.Next((int)AccessSourceKind.Direct, (int)AccessSourceKind.Workspace + 1);
        var denied = random.Next(3) == 0 ? Permissions(random) : PermissionSet.Empty;
        DateTime? expires = random.Next(3) == 0 ? Now.AddMinutes(random.Next(-2, 3)) : null;
        return new GrantFacts(Guid.NewGuid(), source, "", role.Title, role.Permissions, denied, expires);
    }
}
