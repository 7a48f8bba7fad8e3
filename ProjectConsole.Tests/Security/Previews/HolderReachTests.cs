using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Features.Teams;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Security.Previews;

/// <summary>What somebody had before a change, by something else than the change touches, is neither gained nor held against it.</summary>
public sealed class HolderReachTests
{
    private static readonly Permission ViewSecrets = PermissionCatalogue.Get("secrets.view");

    [DatabaseTheory]
    public async Task Raise_HeldByTheWorkspaceAlone_ShowsWhatIsNewAlone(DatabaseKind kind)
    {
        await using var database = await CreateAsync(kind);
        var (acme, speech, ann, _) = await InWorkspaceAsync(database);
        var raise = new Upgrade(ann.Id, ProjectRole.Developer.Key, database.Clock.UtcNow.AddHours(1));

        var preview = (await database.Get<UpgradeService>().RaiseAsync(Actors.Previewing(acme.Owner), acme.Scope(speech), raise)).Value;

        var change = Assert.Single(Assert.Single(preview.People).Projects);
        Assert.Equal(ProjectRole.Developer.Permissions - ProjectRole.Viewer.Permissions, change.Gains);
        Assert.True(change.Loses.IsEmpty);
    }

    [DatabaseTheory]
    public async Task Raise_OfWhomAnAssertionNamesAlready_IsNotRefusedForWhatTheyHad(DatabaseKind kind)
    {
        await using var database = await CreateAsync(kind);
        var (acme, speech, ann, _) = await InWorkspaceAsync(database);
        await database.AddAsync(new Assertion(acme.Id, speech.Id, AssertionForm.Nobody, ViewSecrets, "", database.Clock.UtcNow));
        var raise = new Upgrade(ann.Id, ProjectRole.Developer.Key, database.Clock.UtcNow.AddHours(1));

        Assert.True((await database.Get<UpgradeService>().RaiseAsync(Actors.Of(acme.Owner), acme.Scope(speech), raise)).Succeeded);
    }

    [DatabaseTheory]
    public async Task GrantLowered_OnAnEmptyWorkspace_IsNotRefusedForWhatIsHeldElsewhere(DatabaseKind kind)
    {
        await using var database = await CreateAsync(kind);
        var (acme, speech, ann, _) = await InWorkspaceAsync(database);
        var (empty, team) = (await acme.WorkspaceAsync("empty"), await acme.TeamAsync("crew", ann));
        var grant = await acme.GrantAsync(empty, team, ProjectRole.Manager);
        await database.AddAsync(
            new Assertion(acme.Id, null, AssertionForm.Nobody, PermissionCatalogue.Get("clusters.delete"), "", database.Clock.UtcNow),
            new Assertion(acme.Id, speech.Id, AssertionForm.Nobody, ViewSecrets, "", database.Clock.UtcNow));

        var lowered = await database.Get<ConsoleWriter>().WriteAccessAsync(
            Actors.Of(acme.Owner), CommandTarget.InOrganization(acme.Id, Permissions.OrganizationUpdate, AuditActions.OrganizationChanged, CommandLock.Access), async command =>
            {
                await command.AffectsAsync(command.Db.Grants.Where(row => row.Id == grant.Id), default);
                (await command.Db.Grants.SingleAsync(row => row.Id == grant.Id)).ChangeRole(ProjectRole.Viewer, acme.Owner.Id, "", command.NowUtc);
                return Result.Ok;
            });

        Assert.Null(lowered.Succeeded ? null : lowered.Error.Message);
    }

    [DatabaseTheory]
    public async Task AddedToATeam_AgainstWhatNobodyMayHoldAnywhere_IsRefused(DatabaseKind kind)
    {
        await using var database = await CreateAsync(kind);
        var (acme, _, _, lab) = await InWorkspaceAsync(database);
        var (team, dora) = (await acme.TeamAsync("crew"), await acme.MemberAsync("dora"));
        await acme.GrantAsync(lab, team, ProjectRole.Viewer);
        await database.AddAsync(new Assertion(acme.Id, null, AssertionForm.Nobody, ViewSecrets, "", database.Clock.UtcNow));

        await Unchanged.AssertNothingWrittenAsync(database, async () => Assert.IsType<AssertionBroken>((await database.Get<TeamsService>()
            .AddMembersAsync(Actors.Of(acme.Owner), acme.Id, new NewTeamMembers(team.Id, dora.Email!))).Error));
    }

    private static Task<TestDatabase> CreateAsync(DatabaseKind kind) =>
        TestDatabase.CreateAsync(kind, services => services.AddCollaboratorsFeature().AddTeamsFeature());

    // Ann is Viewer in speech by its workspace alone.
    private static async Task<(GivenOrganization Acme, Project Speech, User Ann, Workspace Lab)> InWorkspaceAsync(TestDatabase database)
    {
        var acme = await Given.OrganizationAsync(database);
        var (speech, lab, ann) = (await acme.ProjectAsync("speech"), await acme.WorkspaceAsync("lab"), await acme.MemberAsync("ann"));
        await acme.ChangeAsync(speech, project => project.MoveTo(lab.Id));
        await acme.GrantAsync(lab, ann, ProjectRole.Viewer);
        return (acme, speech, ann, lab);
    }
}
