using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Invitations;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Teams;

/// <summary>What ends with a membership, and custom organization roles wherever members have one.</summary>
public sealed class MemberTraceTests
{
    [DatabaseTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task EndOfAMembership_TeamsRequestsInvitationsAndWorkspaces_EndToo(DatabaseKind kind, bool leaves)
    {
        await using var world = await TeamWorld.CreateAsync(kind);
        var (cara, acme, now) = (world["cara"], world.Acme, world.Database.Clock.UtcNow);
        var elsewhere = await world.Globex.TeamAsync("guests", cara);
        await world.Globex.JoinAsync(cara);
        await acme.GrantAsync(world.Lab, cara, ProjectRole.Manager);
        var (mine, others) = (Invite(acme.Id, "a@new.test", cara.Id), Invite(acme.Id, "b@new.test", acme.Owner.Id));
        var toCara = Invite(acme.Id, cara.Email!, acme.Owner.Id);
        var (asked, answered) = (Ask(acme.Id, world.Vision.Id, cara.Id), Ask(acme.Id, world.Speech.Id, cara.Id));
        answered.Close(AccessRequestState.Declined, acme.Owner.Id, "", "", now);
        await world.Database.AddAsync(mine, others, toCara, asked, answered);
        var members = world.Get<MembersService>();

        var preview = (leaves
            ? await members.LeaveAsync(world.Previewing("cara"), acme.Id)
            : await members.RemoveAsync(world.Previewing("admin"), acme.Id, new MemberRemoval(cara.Id))).Value;
        Assert.Equal(["default", "speech", "vision"], preview.People.Single().Projects.Where(change => !change.Loses.IsEmpty).Select(change => change.ProjectSlug).Order());
        Assert.True((leaves ? await members.LeaveAsync(world.As("cara"), acme.Id) : await members.RemoveAsync(world.As("admin"), acme.Id, new MemberRemoval(cara.Id))).Succeeded);

        await using var db = world.Database.Open();
        Assert.Equal([cara.Id, elsewhere.Id], await db.Principals.Where(principal => principal.UserId == cara.Id).OrderBy(principal => principal.SinceUtc != null).Select(principal => principal.Id).ToListAsync());
        Assert.False(await db.Grants.AnyAsync(grant => grant.PrincipalId == cara.Id));
        Assert.Equal(InvitationState.Cancelled, (await db.Invitations.SingleAsync(row => row.Id == mine.Id)).State);
        // The hash is kept, so that whoever follows the link reads what became of it.
        Assert.Equal(mine.TokenHash, (await db.Invitations.SingleAsync(row => row.Id == mine.Id)).TokenHash);
        Assert.Equal(InvitationState.Cancelled, (await db.Invitations.SingleAsync(row => row.Id == toCara.Id)).State);
        Assert.Equal(2, await db.AuditEntries.CountAsync(entry => entry.Action == AuditActions.InvitationCancelled));
        Assert.Equal(InvitationState.Pending, (await db.Invitations.SingleAsync(row => row.Id == others.Id)).State);
        Assert.Equal(AccessRequestState.Withdrawn, (await db.AccessRequests.SingleAsync(row => row.Id == asked.Id)).State);
        Assert.Equal(AccessRequestState.Declined, (await db.AccessRequests.SingleAsync(row => row.Id == answered.Id)).State);
        Assert.Null(await world.Get<AccessControl>().OpenOrganizationAsync(world.As("cara"), "acme"));
        var entry = await db.AuditEntries.SingleAsync(row => row.Action == (leaves ? "organization.member.left" : "organization.member.removed"));
        Assert.Equal("""{"role":"member","grants":1,"teams":["crew"],"requests":1,"invitations":2}""", entry.Before);
    }

    [DatabaseTheory]
    public async Task External_BecomesAMemberAndLeaves_KeepsGrantsUnderTheCeilingAndThenNone(DatabaseKind kind)
    {
        await using var world = await TeamWorld.CreateAsync(kind);
        var external = world["external"];
        await world.Database.ChangeAsync<Grant>(
            grant => grant.ChangeRole(ProjectRole.Admin, world["owner"].Id, "", world.Database.Clock.UtcNow),
            await world.Database.ReadAsync(db => db.Grants.Where(grant => grant.PrincipalId == external.Id).Select(grant => grant.Id).SingleAsync()));
        Assert.False((await world.HeldAsync("external", world.Vision)).Contains(Permissions.CollaboratorsManageAdmins));
        var add = new NewMembers("external@partner.test", "member");

        Assert.True((await world.Get<MemberAddition>().AddAsync(world.As("owner"), world.Acme.Id, add)).Succeeded);
        Assert.Equal("Admin", await world.RoleAsync("external", world.Vision));
        Assert.True((await world.Get<MembersService>().ChangeRoleAsync(world.As("owner"), world.Acme.Id, new MemberRoleChange(external.Id, "auditor"))).Succeeded);
        Assert.Equal(PermissionCatalogue.ProjectViews, await world.HeldAsync("external", world.Vision));
        Assert.True((await world.Get<MembersService>().LeaveAsync(world.As("external"), world.Acme.Id)).Succeeded);

        // Nobody falls back to external.
        Assert.True((await world.HeldAsync("external", world.Vision)).IsEmpty);
        Assert.False(await world.Database.ReadAsync(db => db.Grants.AnyAsync(grant => grant.PrincipalId == external.Id)));
    }

    [DatabaseTheory]
    public async Task CustomRole_OfMembers_IsListedGivenAndFiltered(DatabaseKind kind)
    {
        await using var world = await TeamWorld.CreateAsync(kind);
        var (directory, id) = (world.Get<MemberDirectory>(), world.Acme.Id);
        var keeper = await world.Database.ReadAsync(db => db.OrganizationRoles.SingleAsync());
        var filtered = new MemberQuery(null, keeper.Key, MemberSort.Address, false, new PageRequest(1, 25));

        var rows = (await directory.ListAsync(world.As("admin"), id, filtered)).Value;
        Assert.Equal([("keeper@acme.test", "Keeper", null)], rows.Page.Rows.Select(row => (row.Email, row.RoleTitle, row.Refusal)));
        Assert.Equal(["Owner", "Admin", "Auditor", "Member", "Keeper"], rows.Roles.Select(role => role.Title));
        Assert.Equal(1, rows.Page.Total);
        Assert.True((await world.Get<MembersService>().ChangeRoleAsync(world.As("admin"), id, new MemberRoleChange(world["member"].Id, keeper.Key))).Succeeded);
        Assert.Equal(2, (await directory.ListAsync(world.As("admin"), id, filtered)).Value.Page.Total);
        Assert.Equal(["crew"], (await directory.ListAsync(world.As("member"), id, filtered with { Role = null, Search = "cara" })).Value.Page.Rows.Single().Teams);
        Assert.True((await world.Get<MemberAddition>().AddAsync(world.As("admin"), id, new NewMembers("stranger@elsewhere.test", keeper.Key))).Succeeded);
        var twice = Assert.IsType<Invalid>((await world.Get<MemberAddition>().AddAsync(world.As("admin"), id, new NewMembers("stranger@elsewhere.test", "member"))).Error);
        Assert.Contains("as Keeper", twice.Message, StringComparison.Ordinal);
        Assert.Equal("Keeper", (await world.Get<OrganizationsService>().MineAsync(world.As("keeper"))).Single().Role);
        Assert.Equal([null, null], (await directory.RolesAsync(world.As("admin"), id)).Value.Where(role => role.Title is "Keeper" or "Admin").Select(role => role.Refusal));
        Assert.NotNull((await directory.RolesAsync(world.As("keeper"), id)).Value.Single(role => role.Title == "Auditor").Refusal);
        // The organization next door does not know the role.
        Assert.IsType<Invalid>((await world.Get<MemberAddition>().AddAsync(world.As("neighbour"), world.Globex.Id, new NewMembers("member@acme.test", keeper.Key))).Error);
    }

    private static Invitation Invite(Guid organizationId, string email, Guid by)
    {
        var invitation = new Invitation(organizationId, email, email.ToUpperInvariant(), new InvitationOffer("member", null, null, null));
        invitation.Send(Guid.NewGuid().ToString("N"), by, "", DateTime.UnixEpoch.AddYears(60));
        return invitation;
    }

    private static AccessRequest Ask(Guid organizationId, Guid projectId, Guid userId) =>
        new(organizationId, projectId, userId, "cara@acme.test", new AccessAsk("developer", "Labels.", null), DateTime.UnixEpoch.AddYears(60));
}
