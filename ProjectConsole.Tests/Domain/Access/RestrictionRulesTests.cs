using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Resources;

namespace ProjectConsole.Tests.Domain.Access;

public sealed class RestrictionRulesTests
{
    private static readonly AccessFacts Member = Deciding.Stranger.As(OrganizationRole.Member);

    private static readonly string[] Patterns =
    [
        "*", "*.*", "clusters.*", "*.delete", "*.view", "jobs.view", "clusters.delete", "clusters.delete-own", "project.*", "project.view",
        "collaborators.*", "keys.create", "*.create", "secrets.*", "*.delete-own",
    ];

    [Fact]
    public void Denied_RandomRules_IsWhatANaiveReaderTakes()
    {
        var random = new Random(20261120);
        for (var round = 0; round < 500; round++)
        {
            var rules = RandomRules(random);

            var denied = RestrictionRules.Of(rules).Denied;

            Assert.All(PermissionCatalogue.Project, permission => Assert.True(
                denied.Contains(permission) == IsTaken(rules, permission), $"{permission} by {string.Join("; ", rules)}"));
        }
    }

    [Fact]
    public void HasEffect_RandomRules_RemovingAllWithoutChangesNothingAndOneWithDoes()
    {
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var rules = RandomRules(random);
            var compiled = RestrictionRules.Of(rules);
            var kept = rules.Where((_, index) => compiled.HasEffect(index)).ToList();

            Assert.Equal(compiled.Denied, RestrictionRules.Of(kept).Denied);
            Assert.All(kept, rule => Assert.NotEqual(compiled.Denied, RestrictionRules.Of([.. kept.Where(other => other != rule)]).Denied));
        }
    }

    [Fact]
    public void Parse_StoredText_IsTheSameRules()
    {
        RestrictionRule[] rules = [new(true, "clusters.view"), new(false, "clusters.*")];

        Assert.Equal(rules, RestrictionRules.Parse(RestrictionRules.Of(rules).Text).Rules);
    }

    [Fact]
    public void Decide_PermissionThatNoRuleMatches_Stays()
    {
        // CloudStack lets what no rule names fall back to the role.
        var denied = RestrictionRules.Of([new(false, "clusters.delete")]).Denied;

        var access = Member.With(ProjectRole.Manager, denied).Decide();

        Assert.True(access.May(PermissionCatalogue.Get("jobs.delete")));
        Assert.True(access.May(PermissionCatalogue.Get("clusters.delete-own")));
        Assert.False(access.May(PermissionCatalogue.Get("clusters.delete")));
    }

    [Fact]
    public void Decide_AllowOfWhatTheRoleLacks_GivesNothing()
    {
        // CloudStack's project role cannot allow what the account role denies.
        var rules = RestrictionRules.Of([new(true, "*")]);

        var access = Member.With(ProjectRole.Viewer, rules.Denied).Decide();

        Assert.Equal(ProjectRole.Viewer.Permissions, access.Allowed);
        Assert.False(rules.HasEffect(0));
    }

    [Fact]
    public void Decide_AllowUnderACeiling_GivesNothing()
    {
        var ceiling = ProjectRole.Viewer.Permissions;
        var role = OrganizationRole.Custom("contractor", "Contractor", "", "organization.view", null, PermissionText.Of(ceiling));

        var access = Deciding.Stranger.As(role).With(ProjectRole.Admin, RestrictionRules.Of([new(true, "*")]).Denied).Decide();

        Assert.Equal(ceiling, access.Allowed);
        Assert.True(access.IsCapped);
    }

    [Fact]
    public void Decide_DenyingEverything_LeavesTheViewOfTheProjectToAnAdminToo() =>
        Assert.Equal([Permissions.ProjectView], Member.With(ProjectRole.Admin, RestrictionRules.Of([new(false, "*")]).Denied).Decide().Allowed);

    [Theory]
    [InlineData("clusters.*", true)]
    [InlineData("*.delete", true)]
    [InlineData("*", true)]
    [InlineData("clusters.delete-own", true)]
    [InlineData("", false)]
    [InlineData("cluster.*", false)]
    [InlineData("clusters.explode", false)]
    [InlineData("clusters", false)]
    [InlineData("members.manage", false)]
    [InlineData("installation.manage", false)]
    [InlineData("clusters.*\nallow *", false)]
    public void PatternProblem_Patterns_AreRefusedWhereTheyMatchNothing(string pattern, bool isFine) =>
        Assert.Equal(isFine, RestrictionRules.PatternProblem(pattern) is null);

    [Fact]
    public void Tick_AnyPermission_BringsWhatItIncludesAndUntickTakesWhatIncludesIt()
    {
        var random = new Random(3);
        for (var round = 0; round < 300; round++)
        {
            var set = PermissionChoice.Read(RandomSets.Permissions(random).Select(permission => permission.Name), PermissionSet.Of(PermissionCatalogue.All)).Set;
            var permission = PermissionCatalogue.All[random.Next(PermissionCatalogue.All.Count)];
            var (ticked, unticked) = (PermissionChoice.Tick(set, permission), PermissionChoice.Untick(set, permission));

            Assert.True(ticked.Contains(permission) && set.IsSubsetOf(ticked));
            Assert.True(!unticked.Contains(permission) && unticked.IsSubsetOf(set));
            Assert.All([ticked, unticked], result => Assert.All(result, each => Assert.True(PermissionCatalogue.WithIncluded(each).IsSubsetOf(result))));
        }
    }

    [Theory]
    [InlineData("clusters.fly")]
    [InlineData("members.manage")]
    [InlineData("installation.manage")]
    [InlineData("")]
    public void Read_NamesThatAreUnknownOrOfAnotherScope_AreRefused(string name)
    {
        var (set, problem) = PermissionChoice.Read(["clusters.view", name], PermissionCatalogue.Project);

        Assert.NotNull(problem);
        Assert.True(set.IsEmpty);
    }

    // First match decides, no match passes, what needs something denied goes with it, opening the project stays.
    private static bool IsTaken(IReadOnlyList<RestrictionRule> rules, Permission permission) => PermissionCatalogue.WithIncluded(permission)
        .Any(needed => needed.Name != "project.view" && rules.FirstOrDefault(rule => Names(rule.Pattern, needed.Name)) is { Allows: false });

    private static bool Names(string pattern, string name)
    {
        if (pattern == "*")
        {
            return true;
        }

        var (wanted, given) = (pattern.Split('.'), name.Split('.'));
        return (wanted[0] == "*" || wanted[0] == given[0]) && (wanted[1] == "*" || wanted[1] == given[1]);
    }

    private static List<RestrictionRule> RandomRules(Random random) =>
        [.. Enumerable.Range(0, random.Next(1, 7)).Select(_ => new RestrictionRule(random.Next(2) == 0, Pattern(random)))];

    private static string Pattern(Random random) => random.Next(3) > 0
        ? Patterns[random.Next(Patterns.Length)]
        : $"{ResourceKinds.All[random.Next(ResourceKinds.All.Count)].Plural}.{(random.Next(2) == 0 ? "*" : "update")}";
}
