using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Resources;

namespace ProjectConsole.Tests.Domain.Access;

public sealed class AccessDecisionTests
{
    private static readonly AccessFacts Member = Deciding.Stranger.As(OrganizationRole.Member);

    [Fact]
    public void Decide_SeveralGrants_AddUp()
    {
        var access = Member.With(ProjectRole.Viewer).Via(AccessSourceKind.Workspace, ProjectRole.Contributor).Via(AccessSourceKind.Team, ProjectRole.Manager).Decide();

        Assert.Equal(ProjectRole.Manager.Permissions, access.Allowed);
        Assert.Equal(ProjectRole.Manager, access.Role);
        Assert.Equal(3, access.Sources.Count);
    }

    [Fact]
    public void Decide_AuditorWithAdminGrant_StaysAtViews()
    {
        var access = Deciding.Stranger.As(OrganizationRole.Auditor).With(ProjectRole.Admin).Decide();

        Assert.Equal(PermissionCatalogue.ProjectViews, access.Allowed);
        Assert.True(access.IsCapped);
        Assert.False(access.IsRestricted);
    }

    [Fact]
    public void Decide_ExternalWithAdminGrant_NeitherManagesAdminsNorDeletes()
    {
        var access = Deciding.Stranger.With(ProjectRole.Admin).Decide();

        Assert.Equal(
            ["collaborators.manage-admins", "project.delete"],
            (PermissionCatalogue.Project - access.Allowed).Select(permission => permission.Name).Order(StringComparer.Ordinal));
        Assert.True(access.IsCapped);
        Assert.Equal(ProjectRole.Manager, access.Role);
    }

    [Fact]
    public void Decide_DefaultProject_EveryMemberIsDeveloperUnderTheOwnCeiling()
    {
        Assert.Equal(ProjectRole.Developer.Permissions, Member.InDefaultProject().Decide().Allowed);
        Assert.Equal(PermissionCatalogue.ProjectViews, Deciding.Stranger.As(OrganizationRole.Auditor).InDefaultProject().Decide().Allowed);
        Assert.Equal(PermissionCatalogue.Project, Deciding.Stranger.As(OrganizationRole.Admin).InDefaultProject().Decide().Allowed);
        Assert.True(Deciding.Stranger.InDefaultProject().Decide().Allowed.IsEmpty);
    }

    [Fact]
    public void Decide_SuspendedProject_KeepsViewsAndWhatEndsThings()
    {
        var access = Member.With(ProjectRole.Admin).InState(ProjectState.Suspended).Decide();

        Assert.Equal(PermissionCatalogue.WhileSuspended & PermissionCatalogue.Project, access.Allowed);
        Assert.Equal(PermissionCatalogue.Project, access.Held);
        Assert.False(access.May(Permissions.CollaboratorsAdd));
        Assert.True(access.May(Permissions.CollaboratorsRemove));
    }

    [Fact]
    public void Decide_DeletedProject_LeavesOnlyRestoreToWhoMayDelete()
    {
        Assert.Equal([Permissions.ProjectDelete], Member.With(ProjectRole.Admin).InState(ProjectState.Deleted).Decide().Allowed);
        Assert.Equal([Permissions.ProjectDelete], Deciding.Stranger.As(OrganizationRole.Owner).InState(ProjectState.Deleted).Decide().Allowed);
        Assert.True(Member.With(ProjectRole.Manager).InState(ProjectState.Deleted).Decide().Allowed.IsEmpty);
        Assert.True(Deciding.Stranger.With(ProjectRole.Admin).InState(ProjectState.Deleted).Decide().Allowed.IsEmpty);
    }

    [Fact]
    public void Decide_LockedAccount_HasNothingWhateverItsRoles()
    {
        var facts = Deciding.Stranger.As(OrganizationRole.Owner).With(ProjectRole.Admin) with
        {
            Person = new PersonFacts(Deciding.Me, IsLocked: true, IsInstallationAdministrator: true, MayCreateOrganizations: true),
        };

        foreach (var place in new[] { facts, facts.InOrganizationOnly(), facts with { Organization = null, Project = null, Membership = null } })
        {
            Assert.True(place.Decide().Allowed.IsEmpty);
            Assert.Equal(AccessBlock.Locked, place.Decide().Block);
        }
    }

    [Fact]
    public void Decide_ExternalsSwitchedOff_EndsExternalsAndNotMembers()
    {
        static AccessFacts Off(AccessFacts facts) => facts with { Organization = facts.Organization! with { AllowsExternalCollaborators = false, HoldsAnyGrant = true } };

        var external = Off(Deciding.Stranger.With(ProjectRole.Admin));
        Assert.True(external.Decide().Allowed.IsEmpty);
        Assert.Equal(AccessBlock.ExternalsSwitchedOff, external.Decide().Block);
        Assert.False(external.InOrganizationOnly().Decide().MayEnterOrganization);
        Assert.Equal(ProjectRole.Viewer.Permissions, Off(Member.With(ProjectRole.Viewer)).Decide().Allowed);
    }

    [Fact]
    public void Decide_DeletedOrganization_LeavesOnlyRestoreToOwners()
    {
        static AccessFacts Deleted(OrganizationRole role) =>
            Deciding.Stranger.As(role).With(ProjectRole.Admin) is var facts ? facts with { Organization = facts.Organization! with { IsDeleted = true } } : null!;

        Assert.All(OrganizationRole.All, role => Assert.True(Deleted(role).Decide().Allowed.IsEmpty, $"{role}"));
        Assert.Equal([Permissions.OrganizationDelete], Deleted(OrganizationRole.Owner).InOrganizationOnly().Decide().Allowed);
        Assert.True(Deleted(OrganizationRole.Admin).InOrganizationOnly().Decide().Allowed.IsEmpty);
        Assert.False(Deleted(OrganizationRole.Owner).InOrganizationOnly().Decide().MayEnterOrganization);
    }

    [Fact]
    public void Decide_GrantWithAnEnd_CountsUntilTheMomentAndNotAtIt()
    {
        var end = RandomSets.Now.AddHours(1);
        var facts = Member.With(ProjectRole.Viewer, expiresUtc: end);

        Assert.True((facts with { Now = end.AddTicks(-1) }).May("project.view"));
        Assert.False((facts with { Now = end }).May("project.view"));
        Assert.False((facts with { Now = end.AddTicks(1) }).May("project.view"));
        Assert.Equal(end, facts.Decide().EarliestExpiryUtc);
        Assert.Null((facts with { Now = end }).Decide().EarliestExpiryUtc);
    }

    [Fact]
    public void Decide_RestrictionOfEverything_LeavesTheViewOfTheProject()
    {
        var access = Member.With(ProjectRole.Admin, denied: PermissionCatalogue.Project).Decide();

        Assert.Equal([Permissions.ProjectView], access.Allowed);
        Assert.True(access.IsRestricted);
        Assert.Null(access.Role);
    }

    [Fact]
    public void Decide_RestrictedGrantBesideAnother_SubtractsFromItsOwnGrantOnly()
    {
        var denied = PermissionSet.Of(PermissionCatalogue.Get("clusters.view"));

        Assert.False(Member.With(ProjectRole.Viewer, denied).May("clusters.view"));
        Assert.True(Member.With(ProjectRole.Viewer, denied).Via(AccessSourceKind.Team, ProjectRole.Viewer).May("clusters.view"));
    }

    [Theory]
    [InlineData("viewer", false, false)]
    [InlineData("contributor", false, false)]
    [InlineData("developer", true, false)]
    [InlineData("manager", true, true)]
    [InlineData("admin", true, true)]
    public void May_DeletingAResource_AsksWhoseItIs(string role, bool own, bool others)
    {
        var access = Member.With(ProjectRole.Find(role)!).Decide();

        Assert.Equal(own, access.May(ResourceKinds.Find("cluster")!, "delete", Deciding.Me));
        Assert.Equal(others, access.May(ResourceKinds.Find("cluster")!, "delete", Guid.NewGuid()));
        Assert.Equal(others, access.May(ResourceKinds.Find("cluster")!, "delete", null));
    }

    [Fact]
    public void Exceeding_WhatOneDoesNotHold_IsListed()
    {
        var access = Member.With(ProjectRole.Manager).Decide();

        Assert.True(access.Exceeding(ProjectRole.Manager.Permissions).IsEmpty);
        Assert.Contains(Permissions.CollaboratorsManageAdmins, access.Exceeding(ProjectRole.Admin.Permissions));
    }

    [Fact]
    public void Exceeding_InASuspendedProject_IsMeasuredAgainstWhatOneHolds() =>
        Assert.True(Member.With(ProjectRole.Manager).InState(ProjectState.Suspended).Decide().Exceeding(ProjectRole.Developer.Permissions).IsEmpty);

    [Fact]
    public void HoldsThrough_Ceiling_TakesItFromEveryPath()
    {
        var external = Deciding.Stranger.With(ProjectRole.Admin).Decide();
        var owner = Deciding.Stranger.As(OrganizationRole.Owner).Decide();

        Assert.True(external.HoldsThrough(AccessSourceKind.Direct, Permissions.ProjectSuspend));
        Assert.False(external.HoldsThrough(AccessSourceKind.Direct, Permissions.ProjectDelete));
        Assert.True(owner.HoldsThrough(AccessSourceKind.OrganizationRole, Permissions.ProjectSuspend));
        Assert.False(owner.HoldsThrough(AccessSourceKind.Direct, Permissions.ProjectSuspend));
    }

    [Fact]
    public void Decide_RandomFacts_NeverMoreThanGrantedAndProjectViewIsNeverTaken()
    {
        var random = new Random(4);
        for (var round = 0; round < 5_000; round++)
        {
            var facts = RandomSets.Facts(random);
            var access = facts.Decide();

            Assert.True(access.Allowed.IsSubsetOf(access.Held) && access.Held.IsSubsetOf(access.Granted));
            Assert.True((access.Held - PermissionSet.Of(Permissions.ProjectView)).IsSubsetOf(access.Ceiling));
            var sees = access.Block == AccessBlock.None && access.Sources.Count > 0 && facts.Project!.State != ProjectState.Deleted;
            Assert.Equal(sees, access.May(Permissions.ProjectView));
        }
    }

    [Fact]
    public void Explain_RandomFacts_AgreesWithTheDecision()
    {
        var random = new Random(5);
        for (var round = 0; round < 1_000; round++)
        {
            var access = RandomSets.Facts(random).Decide();
            foreach (var permission in PermissionCatalogue.Project)
            {
                var why = Explanation.Of(access, permission);

                Assert.Equal(access.May(permission), why.Allowed);
                Assert.Equal(why.Allowed, why is { Block: AccessBlock.None, Given.Count: > 0, TakenByCeiling: false, TakenByState: false });
                Assert.Equal(access.Granted.Contains(permission), why.Given.Count > 0);
                Assert.DoesNotContain(why.TakenByRestriction, source => why.Given.Contains(source));
            }
        }
    }
}
