using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Keys;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;

namespace ProjectConsole.Tests.Domain.Access;

public sealed class KeyDecisionTests
{
    private static readonly DateTime Now = new(2026, 11, 21, 12, 0, 0, DateTimeKind.Utc);
    private static readonly PermissionSet Views = PermissionSet.Of(Permissions.ProjectView) | PermissionCatalogue.WithIncluded(PermissionCatalogue.Get("clusters.view"));

    [Fact]
    public void Decide_Key_HoldsItsOwnSetAndNobodysCeiling()
    {
        var access = Decide(KeyTerms.OfProjectKeys);

        Assert.Equal(KeyTerms.OfProjectKeys, access.Allowed);
        Assert.False(access.May(Permissions.KeysCreate));
        Assert.False(access.May(Permissions.CollaboratorsManageAdmins));
        Assert.True(access.May(Permissions.ProjectDelete));
    }

    [Fact]
    public void Decide_KeyWithOneSet_HasThatAndTheViewOfItsProjectAlone() => Assert.Equal(Views, Decide(Views).Allowed);

    [Theory]
    [InlineData(ProjectState.Suspended, "clusters.view", true)]
    [InlineData(ProjectState.Suspended, "clusters.operate", false)]
    [InlineData(ProjectState.Deleted, "clusters.view", false)]
    [InlineData(ProjectState.Deleted, "project.view", false)]
    public void Decide_KeyInAProjectThatRests_KeepsWhatThatStateKeeps(ProjectState state, string permission, bool may) =>
        Assert.Equal(may, Decide(KeyTerms.OfProjectKeys, state).May(PermissionCatalogue.Get(permission)));

    [Fact]
    public void Decide_KeyOfADeletedOrganization_HasNothing()
    {
        var facts = Facts(Views, ProjectState.Active);

        Assert.True(AccessDecision.Decide(facts with { Organization = facts.Organization! with { IsDeleted = true } }).Allowed.IsEmpty);
    }

    [Theory]
    [InlineData(false, 0, false)]
    [InlineData(false, 1, true)]
    [InlineData(true, 1, false)]
    public void Decide_KeyThatIsOver_HasNothing(bool isRevoked, int minutesLeft, bool may)
    {
        var facts = Facts(Views, ProjectState.Active);
        var access = AccessDecision.Decide(facts with { Key = facts.Key! with { IsRevoked = isRevoked, ExpiresUtc = Now.AddMinutes(minutesLeft) } });

        Assert.Equal(may, access.May(Permissions.ProjectView));
        Assert.Equal(may ? AccessBlock.None : AccessBlock.KeyOver, access.Block);
    }

    [Fact]
    public void HeldUntil_KeyThatExpires_PassesNothingOnLongerThanItLives()
    {
        var facts = Facts(KeyTerms.OfProjectKeys, ProjectState.Active);
        var end = Now.AddDays(3);
        var access = AccessDecision.Decide(facts with { Key = facts.Key! with { ExpiresUtc = end } });

        Assert.Equal(KeyTerms.OfProjectKeys, access.HeldUntil(end));
        Assert.True(access.HeldUntil(null).IsEmpty);
        Assert.Equal(end, access.HoldsUntil(Views));
    }

    [Fact]
    public void Decide_Token_HasWhatPersonAndTokenHaveBoth()
    {
        var person = Deciding.Stranger.As(OrganizationRole.Member).With(ProjectRole.Viewer);
        var token = Views | PermissionCatalogue.WithIncluded(PermissionCatalogue.Get("clusters.delete"));
        var access = (person with { Token = token }).Decide();

        Assert.Equal(Views, access.Allowed);
        Assert.Equal(person.Decide().Allowed - Views, access.BeyondToken);
        Assert.Equal(access.Allowed, access.Held);
    }

    [Fact]
    public void Decide_TokenThatEnds_PassesNothingOnForLonger()
    {
        var end = Now.AddDays(1);
        var person = Deciding.Stranger.As(OrganizationRole.Member).With(ProjectRole.Viewer) with { Token = Views, TokenEndsUtc = end };
        var owner = Deciding.Stranger.As(OrganizationRole.Owner) with { Project = null, Token = Views | PermissionSet.Of(Permissions.OrganizationView), TokenEndsUtc = end };

        foreach (var access in new[] { person.Decide(), owner.Decide() })
        {
            Assert.Equal(access.Held, access.HeldUntil(end));
            Assert.True(access.HeldUntil(end.AddTicks(1)).IsEmpty);
            Assert.True(access.HeldUntil(null).IsEmpty);
        }

        Assert.Equal(end, person.Decide().HoldsUntil(Views));
    }

    [Fact]
    public void Decide_OwnerThroughAToken_PassesOnNoMoreThanTheTokenHolds()
    {
        var owner = Deciding.Stranger.As(OrganizationRole.Owner) with { Project = null, Token = Views | PermissionSet.Of(Permissions.OrganizationView) };
        var access = owner.Decide();

        Assert.Equal(PermissionSet.Of(Permissions.OrganizationView), access.Allowed);
        Assert.Equal(Views, access.Everywhere);
        Assert.Equal(Views | PermissionSet.Of(Permissions.OrganizationView), access.RoleCeiling | PermissionSet.Of(Permissions.OrganizationView));
        Assert.True(access.BeyondToken.Contains(Permissions.MembersManage));
    }

    [Fact]
    public void Decide_TokenOfALockedPerson_HasNothing()
    {
        var locked = Deciding.Stranger.As(OrganizationRole.Owner);
        locked = locked with { Person = locked.Person with { IsLocked = true }, Token = PermissionCatalogue.Project };

        Assert.True(locked.Decide().Allowed.IsEmpty);
    }

    private static EffectiveAccess Decide(PermissionSet set, ProjectState state = ProjectState.Active) => AccessDecision.Decide(Facts(set, state));

    private static AccessFacts Facts(PermissionSet set, ProjectState state)
    {
        var id = Guid.CreateVersion7();
        return new AccessFacts(
            Now, new PersonFacts(id, IsLocked: false), new OrganizationFacts(Guid.CreateVersion7(), IsDeleted: false, AllowsExternalCollaborators: false, ProjectCreation.Admins),
            null, new ProjectFacts(Guid.CreateVersion7(), state, IsDefault: false), [])
        {
            Key = new KeyFacts(id, "nightly", set, null, IsRevoked: false),
        };
    }
}
