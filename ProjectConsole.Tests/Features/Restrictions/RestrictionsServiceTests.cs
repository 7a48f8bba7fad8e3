using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Features.Restrictions;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Features.Roles;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Restrictions;

public sealed class RestrictionsServiceTests
{
    private static readonly RestrictionRule NoDeletes = new(false, "*.delete");
    private static readonly RestrictionRule NoClusters = new(false, "clusters.*");

    [DatabaseTheory]
    public async Task Create_OrderedRules_AreKeptInTheirOrder(DatabaseKind kind)
    {
        await using var world = await RoleWorld.CreateAsync(kind);
        RestrictionRule[] rules = [new(true, "clusters.view"), NoClusters, NoDeletes];

        var id = (await world.Restrictions.CreateAsync(world.As("project-admin"), world.InVision, new RestrictionDraft("no-clusters", "why", rules))).Value;

        var details = (await world.Database.Get<RestrictionDirectory>().GetAsync(world.As("viewer"), world.InVision, id)).Value;
        Assert.Equal(rules, details.Row.Rules.Rules);
        Assert.Equal(("no-clusters", "why", 0), (details.Row.Name, details.Row.Description, details.Row.Grants));
        var option = Assert.Single((await world.Database.Get<RestrictionOptions>().ListAsync(world.As("viewer"), world.Acme.Scope(world.Vision))).Value);
        Assert.Equal((id, details.Row.Rules.Denied), (option.Id, option.Denied));
    }

    [Theory]
    [InlineData("", "clusters.*", nameof(RestrictionDraft.Name))]
    [InlineData("no-clusters", "clusters.*", nameof(RestrictionDraft.Name))]
    [InlineData("NO-CLUSTERS", "clusters.*", nameof(RestrictionDraft.Name))]
    [InlineData("nо-jobs", "clusters.*", nameof(RestrictionDraft.Name))]
    [InlineData("fine", "", "Rules[0]")]
    [InlineData("fine", "spaceships.*", "Rules[0]")]
    [InlineData("fine", "members.manage", "Rules[0]")]
    [InlineData("fine", "clusters.*\nallow *", "Rules[0]")]
    public async Task Create_WrongNameOrPattern_IsRefusedAtTheField(string name, string pattern, string field)
    {
        await using var world = await RoleWorld.CreateAsync();
        await world.RestrictionAsync(world.InVision, "no-clusters", NoClusters);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.NotNull(Assert.IsType<Invalid>((await world.Restrictions.CreateAsync(
            world.As("project-admin"), world.InVision, new RestrictionDraft(name, "", [new RestrictionRule(false, pattern)]))).Error).For(field)));
    }

    [Fact]
    public async Task Create_NoTooManyOrRepeatedRules_AreRefused()
    {
        await using var world = await RoleWorld.CreateAsync();
        foreach (var rules in (RestrictionRule[][])[[], [.. Enumerable.Repeat(NoDeletes, 51)], [NoDeletes, NoClusters, new(true, "*.delete")]])
        {
            Assert.IsType<Invalid>((await world.Restrictions.CreateAsync(world.As("project-admin"), world.InVision, new RestrictionDraft("fine", "", rules))).Error);
        }
    }

    [DatabaseTheory]
    public async Task Change_AttachedToGrants_PreviewSaysWhatThenHappensAndWhoKeepsItByAnotherPath(DatabaseKind kind)
    {
        await using var world = await RoleWorld.CreateAsync(kind);
        var restriction = await world.RestrictionAsync(world.InVision, "no-deletes", NoDeletes);
        var (ann, eve) = (await world.Acme.MemberAsync("ann"), await world.Acme.MemberAsync("eve"));
        await world.RestrictAsync(await world.Acme.GrantAsync(world.Vision, ann, ProjectRole.Manager), restriction);
        await world.RestrictAsync(await world.Acme.GrantAsync(world.Vision, eve, ProjectRole.Manager), restriction);
        await world.Acme.GrantAsync(world.Acme.Workspace, eve, ProjectRole.Developer);
        var draft = new RestrictionDraft("no-deletes", "", [NoDeletes, NoClusters]);
        IReadOnlyList<PersonChange> preview = [];
        IReadOnlyList<string> others = [];

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            var change = (await world.Restrictions.ChangeAsync(Actors.Previewing(world["project-admin"]), world.InVision, restriction.Id, draft, restriction.Version)).Value;
            (preview, others) = (change.People, OtherPaths.Of(change, restriction.Id, RestrictionRules.Of(draft.Rules).Denied));
        });

        Assert.Equal(["ann@acme.test", "eve@acme.test"], preview.Select(person => person.Email));
        Assert.StartsWith("eve@acme.test keeps", Assert.Single(others), StringComparison.Ordinal);
        Assert.Contains("workspace default", others[0], StringComparison.Ordinal);
        Assert.True((await world.Restrictions.ChangeAsync(world.As("project-admin"), world.InVision, restriction.Id, draft, restriction.Version)).Succeeded);
        Assert.Equal(preview[0].Projects.Single().After!.Allowed, (await world.AccessAsync(ann, world.Vision)).Allowed);
        Assert.Equal(preview[1].Projects.Single().After!.Allowed, (await world.AccessAsync(eve, world.Vision)).Allowed);
        Assert.False((await world.AccessAsync(ann, world.Vision)).May(PermissionCatalogue.Get("clusters.view")));
        Assert.True((await world.AccessAsync(eve, world.Vision)).May(PermissionCatalogue.Get("clusters.view")));
    }

    [DatabaseTheory]
    public async Task Change_TakingTheLastAdmin_IsRefused(DatabaseKind kind)
    {
        await using var world = await RoleWorld.CreateAsync(kind);
        var ann = await world.Acme.MemberAsync("ann");
        var churn = await world.Acme.ProjectAsync("churn");
        var restriction = await world.RestrictionAsync(world.InAcme, "no-deletes", NoDeletes);
        await using (var db = world.Database.Open())
        {
            await db.Grants.Where(grant => grant.ProjectId == churn.Id).ExecuteDeleteAsync();
        }

        await world.RestrictAsync(await world.Acme.GrantAsync(churn, ann, ProjectRole.Admin), restriction);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.IsType<LastAdmin>((await world.Restrictions.ChangeAsync(
            world.As("owner"), world.InAcme, restriction.Id, new RestrictionDraft("no-deletes", "", [new(false, "collaborators.*")]), null)).Error));
    }

    [Fact]
    public async Task Write_OnGrantsBeyondTheEditor_IsRefusedInBothDirections()
    {
        await using var world = await RoleWorld.CreateAsync();
        var editor = await world.RoleAsync(world.InVision, "Editor", ProjectRole.Developer.Permissions
            | PermissionCatalogue.WithIncluded(Permissions.RolesManage) | PermissionCatalogue.WithIncluded(Permissions.CollaboratorsChange));
        var (ann, eve) = (await world.Acme.MemberAsync("ann"), await world.Acme.MemberAsync("eve"));
        await world.Acme.GrantAsync(world.Vision, ann, editor.ToRole());
        var restriction = await world.RestrictionAsync(world.InVision, "no-deletes", NoDeletes);
        await world.RestrictAsync(await world.Acme.GrantAsync(world.Vision, eve, ProjectRole.Admin), restriction);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            foreach (var rule in (RestrictionRule[])[new(false, "clusters.delete"), new(false, "*")])
            {
                Assert.IsType<ExceedsOwn>((await world.Restrictions.ChangeAsync(
                    Actors.Of(ann), world.InVision, restriction.Id, new RestrictionDraft("no-deletes", "", [rule]), null)).Error);
            }

            Assert.IsType<ExceedsOwn>((await world.Restrictions.DeleteAsync(Actors.Of(ann), world.InVision, restriction.Id, null, takesOff: true)).Error);
        });
    }

    [DatabaseTheory]
    public async Task Get_OfTheOrganization_NamesOnlyPlacesThatTheReaderSees(DatabaseKind kind)
    {
        await using var world = await RoleWorld.CreateAsync(kind);
        var restriction = await world.RestrictionAsync(world.InAcme, "no-deletes", NoDeletes);
        var (ann, eve, keeper) = (await world.Acme.MemberAsync("ann"), await world.Acme.MemberAsync("eve"), await world.Acme.MemberAsync("keeper"));
        var blind = await world.RoleAsync(world.InAcme, "Blind", PermissionSet.Of(Permissions.ProjectView));
        var (hidden, gone) = (await world.Acme.ProjectAsync("hidden"), await world.Acme.ProjectAsync("gone"));
        await world.Acme.GrantAsync(hidden, eve, blind.ToRole());
        await world.Acme.GrantAsync(world.Vision, eve, ProjectRole.Viewer);
        foreach (var project in new[] { world.Vision, hidden, gone })
        {
            await world.RestrictAsync(await world.Acme.GrantAsync(project, ann, ProjectRole.Manager), restriction);
        }

        await world.Acme.ChangeAsync(gone, project => project.Delete(world.Database.Clock.UtcNow));
        var manages = await world.OrganizationRoleAsync("Keeper", OrganizationRole.Member.Rights | PermissionCatalogue.WithIncluded(Permissions.OrganizationRolesManage), null, PermissionCatalogue.Project);
        await world.Database.ChangeAsync<ProjectConsole.Domain.Organizations.Member>(row => row.ChangeRole(manages.ToRole()), world.Acme.Id, keeper.Id);
        var directory = world.Database.Get<RestrictionDirectory>();

        async Task<(string[] Places, int Elsewhere, int Grants)> SeenAsync(Actor actor)
        {
            var details = (await directory.GetAsync(actor, world.InAcme, restriction.Id)).Value;
            Assert.Equal(details.Row.Grants, (await directory.ListAsync(actor, world.InAcme)).Value.Single().Grants);
            return ([.. details.Attachments.Select(attachment => attachment.Place).Order()], details.Elsewhere, details.Row.Grants);
        }

        var (owner, viewer, kept, member) = (await SeenAsync(world.As("owner")), await SeenAsync(Actors.Of(eve)), await SeenAsync(Actors.Of(keeper)), await SeenAsync(world.As("member")));
        Assert.Equal(["hidden", "vision"], owner.Places);
        Assert.Equal((1, 3), (owner.Elsewhere, owner.Grants));
        Assert.Equal(["vision"], viewer.Places);
        Assert.Equal(0, viewer.Elsewhere);
        Assert.Empty(kept.Places);
        Assert.Equal((3, 3), (kept.Elsewhere, kept.Grants));
        Assert.Empty(member.Places);
        Assert.Equal((0, 0), (member.Elsewhere, member.Grants));
    }

    [DatabaseTheory]
    public async Task Delete_WhileAttached_IsRefusedUnlessItIsTakenOff(DatabaseKind kind)
    {
        await using var world = await RoleWorld.CreateAsync(kind);
        var restriction = await world.RestrictionAsync(world.InVision, "no-deletes", NoDeletes);
        var ann = await world.Acme.MemberAsync("ann");
        await world.RestrictAsync(await world.Acme.GrantAsync(world.Vision, ann, ProjectRole.Manager), restriction);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            var refusal = Assert.IsType<RestrictionInUse>((await world.Restrictions.DeleteAsync(world.As("project-admin"), world.InVision, restriction.Id, null, takesOff: false)).Error);
            Assert.Equal((1, "vision"), (refusal.Grants, Assert.Single(refusal.Places.Names)));
            var preview = (await world.Restrictions.DeleteAsync(Actors.Previewing(world["project-admin"]), world.InVision, restriction.Id, null, takesOff: true)).Value;
            Assert.Contains(PermissionCatalogue.Get("clusters.delete"), Assert.Single(Assert.Single(preview.People).Projects).Gains);
        });
        Assert.True((await world.Restrictions.DeleteAsync(world.As("project-admin"), world.InVision, restriction.Id, restriction.Version, takesOff: true)).Succeeded);
        Assert.Equal(ProjectRole.Manager.Permissions, (await world.AccessAsync(ann, world.Vision)).Allowed);
        Assert.Null(await world.Database.ReadAsync(db => db.Grants.Where(grant => grant.PrincipalId == ann.Id).Select(grant => grant.RestrictionId).SingleAsync()));
        var entry = await world.Database.ReadAsync(db => db.AuditEntries.SingleAsync(row => row.Action == AuditActions.CollaboratorRestricted));
        Assert.Equal(((Guid?)world.Vision.Id, (Guid?)ann.Id, "ann@acme.test"), (entry.ProjectId, entry.ObjectId, entry.ObjectName));
        Assert.Contains($"\"restriction\":\"{restriction.Id}\"", entry.Before, StringComparison.Ordinal);
        Assert.Contains("\"restriction\":null", entry.After, StringComparison.Ordinal);
    }

    [DatabaseTheory]
    public async Task ReorderAndDelete_AtTheSameTime_NothingIsHalfDone(DatabaseKind kind)
    {
        await using var world = await RoleWorld.CreateAsync(kind);
        for (var attempt = 0; attempt < 20; attempt++)
        {
            var restriction = await world.RestrictionAsync(world.InVision, $"r{attempt}", NoDeletes, NoClusters);
            using var barrier = new Barrier(2);
            var reorder = Task.Run(() =>
            {
                barrier.SignalAndWait();
                return world.Restrictions.ChangeAsync(
                    world.As("project-admin"), world.InVision, restriction.Id, new RestrictionDraft($"r{attempt}", "", [NoClusters, NoDeletes]), restriction.Version);
            });
            var delete = Task.Run(() =>
            {
                barrier.SignalAndWait();
                return world.Restrictions.DeleteAsync(world.As("owner"), world.InVision, restriction.Id, restriction.Version, takesOff: false);
            });

            var (reordered, deleted) = (await reorder, await delete);

            var left = await world.Database.ReadAsync(db => db.Restrictions.SingleOrDefaultAsync(row => row.Id == restriction.Id));
            if (deleted.Succeeded)
            {
                Assert.Null(left);
                Assert.IsType<NoSuchRestriction>(reordered.Error);
            }
            else
            {
                Assert.IsType<Stale>(deleted.Error);
                Assert.True(reordered.Succeeded);
                Assert.Equal([NoClusters, NoDeletes], left!.Rules.Rules);
            }
        }
    }
}
