using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Data.Limits;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Projects;

/// <summary>Suspends, activates, deletes and restores projects.</summary>
public sealed class ProjectLifeService(ConsoleWriter writer, ProjectCreationQueries creation, UsageLedger ledger)
{
    /// <summary>The most projects of an organization that are deleted within <see cref="DeletionWindow"/>.</summary>
    public const int MostDeletions = 20;

    /// <summary>For how long a deletion counts.</summary>
    public static readonly TimeSpan DeletionWindow = TimeSpan.FromHours(1);

    /// <summary>Makes the project readable only, and tells what runs in it to stop.</summary>
    public Task<Result> SuspendAsync(Actor actor, ProjectScope scope, CancellationToken ct = default) =>
        writer.WriteAsync(actor, ToChangeState(scope, AuditActions.ProjectSuspended), command => SuspendAsync(command, ct), ct);

    /// <summary>Who would lose what by suspending: the very command, shown and rolled back.</summary>
    public Task<Result<AccessChange>> PreviewSuspendAsync(Actor actor, ProjectScope scope, CancellationToken ct = default) =>
        writer.WriteAccessAsync(actor with { DryRun = true }, ToChangeState(scope, AuditActions.ProjectSuspended), command => SuspendAsync(command, ct), ct);

    /// <summary>Puts a suspended project into use again.</summary>
    public Task<Result> ActivateAsync(Actor actor, ProjectScope scope, CancellationToken ct = default) =>
        writer.WriteAsync(actor, ToChangeState(scope, AuditActions.ProjectActivated), command => ActivateAsync(command, ct), ct);

    /// <summary>Who would gain what by activating: the very command, shown and rolled back.</summary>
    public Task<Result<AccessChange>> PreviewActivateAsync(Actor actor, ProjectScope scope, CancellationToken ct = default) =>
        writer.WriteAccessAsync(actor with { DryRun = true }, ToChangeState(scope, AuditActions.ProjectActivated), command => ActivateAsync(command, ct), ct);

    /// <summary>Deletes the project; it can be restored for 30 days.</summary>
    /// <param name="actor">Who acts.</param>
    /// <param name="scope">The project.</param>
    /// <param name="typedProjectId">Its Project ID, typed by the person, so that nobody deletes another project than meant.</param>
    /// <param name="stopsRunning">Whether to stop what runs; otherwise a project in which anything runs is refused.</param>
    /// <param name="ct">Ends the command without a trace.</param>
    public Task<Result> DeleteAsync(Actor actor, ProjectScope scope, string typedProjectId, bool stopsRunning = false, CancellationToken ct = default)
    {
        // Exclusive: the deletions of the organization are counted.
        var target = CommandTarget.InProject(scope, Permissions.ProjectDelete, AuditActions.ProjectDeleted, CommandLock.Access) with
        {
            OrganizationLock = CommandLock.Exclusive,
        };
        return writer.WriteAsync(actor, target, async command =>
        {
            var project = await LoadAsync(command, ct);
            var before = project.State;
            if (!project.IsDefault && before != ProjectState.Deleted && !string.Equals(typedProjectId.Trim(), project.Slug, StringComparison.Ordinal))
            {
                return new Invalid("ProjectId", $"Type {project.Slug} to confirm.");
            }

            var result = project.Delete(command.NowUtc);
            if (!result.Succeeded)
            {
                return result;
            }

            if (await DeletionRefusalAsync(command, ct) is { } tooMany)
            {
                return tooMany;
            }

            var stopped = stopsRunning ? await ResourceStops.StopAsync(command.Db, ledger, ResourceOwner.Of(command.Project.Scope), command.Actor.Name, "because the project was deleted", command.NowUtc, ct) : [];
            if (await RunningRefusalAsync(command, project, ct) is { } running)
            {
                return running;
            }

            object after = ResourceStops.Counted(stopped) is { } counted ? new { State = project.State.ToString(), Stopped = counted } : new { State = project.State.ToString() };
            command.Audit(AuditActions.ProjectDeleted, ObjectOf(project), new { State = before.ToString() }, after);
            return result;
        }, ct);
    }

    /// <summary>Brings a deleted project back; the allowance is checked again.</summary>
    public Task<Result<RestoredProject>> RestoreAsync(Actor actor, ProjectScope scope, CancellationToken ct = default)
    {
        var target = CommandTarget.InProject(scope, Permissions.ProjectDelete, AuditActions.ProjectRestored, CommandLock.Access) with
        {
            OrganizationLock = CommandLock.Exclusive,
        };
        return writer.WriteAsync<RestoredProject>(actor, target, async command =>
        {
            var project = await LoadAsync(command, ct);
            if (project.State == ProjectState.Deleted && await AllowanceRefusalAsync(command, project, ct) is { } full)
            {
                return full;
            }

            var result = project.Restore(command.NowUtc);
            if (!result.Succeeded)
            {
                return result.Error;
            }

            project.Touch(command.NowUtc);
            var becameAdmin = await EnsureAdminAsync(command, project, ct);
            // Saves, so that the new Admin is found.
            await command.ProjectsLeftWithoutAdminAsync(ct);
            if (!await AdminGuard.HasAdminAsync(command.Db, project.Id, ct))
            {
                return new LastAdmin([project.Name]);
            }

            command.Audit(
                AuditActions.ProjectRestored, ObjectOf(project), new { State = nameof(ProjectState.Deleted) }, new { State = project.State.ToString(), RestorerBecameAdmin = becameAdmin });
            return new RestoredProject(project.Slug, project.Name, becameAdmin);
        }, ct);
    }

    private Task<Result> SuspendAsync(Command command, CancellationToken ct) => ChangeStateAsync(
        command, project => project.Suspend(ProjectLifeRules.IsThroughOrganizationRole(command.Access)),
        () => ResourceStops.StopAsync(command.Db, ledger, ResourceOwner.Of(command.Project.Scope), command.Actor.Name, "because the project was suspended", command.NowUtc, ct), ct);

    private static Task<Result> ActivateAsync(Command command, CancellationToken ct) => ChangeStateAsync(
        command, project => project.Activate(ProjectLifeRules.IsThroughOrganizationRole(command.Access)), () => Task.FromResult<IReadOnlyList<Resource>>([]), ct);

    private static async Task<Result> ChangeStateAsync(
        Command command, Func<Project, Result> rule, Func<Task<IReadOnlyList<Resource>>> stop, CancellationToken ct)
    {
        await command.ShowsEverybodyInProjectAsync(ct);
        var project = await LoadAsync(command, ct);
        var before = StateOf(project, []);
        var result = rule(project);
        if (result.Succeeded)
        {
            command.Audit(command.Target.Action, ObjectOf(project), before, StateOf(project, await stop()));
        }

        return result;
    }

    private static CommandTarget ToChangeState(ProjectScope scope, string action) =>
        CommandTarget.InProject(scope, Permissions.ProjectSuspend, action, CommandLock.Access);

    private static async Task<TooManyDeletions?> DeletionRefusalAsync(Command command, CancellationToken ct)
    {
        var organizationId = command.Project.Organization.Id;
        var latest = await command.Db.AuditEntries
            .Where(entry => entry.OrganizationId == organizationId && entry.Action == AuditActions.ProjectDeleted && entry.Result == AuditResult.Done)
            .OrderByDescending(entry => entry.Id).Take(MostDeletions).Select(entry => entry.WhenUtc).ToListAsync(ct);
        return latest.Count == MostDeletions && command.NowUtc - latest[^1] < DeletionWindow
            ? new TooManyDeletions(MostDeletions, latest[^1] + DeletionWindow)
            : null;
    }

    private static async Task<ResourcesRunning?> RunningRefusalAsync(Command command, Project project, CancellationToken ct)
    {
        var running = await RunningResources.LoadAsync(command.Db, project.Id, ct);
        return running.Count == 0 ? null : new ResourcesRunning(project.Name, RunningKind.Of(running, kind => command.Access.May(kind, "view", null)));
    }

    // The creator's own limit counts only when the creator restores: somebody else cannot be kept from it by what the creator made since.
    private async Task<Error?> AllowanceRefusalAsync(Command command, Project project, CancellationToken ct)
    {
        var allowance = await creation.AllowanceAsync(command.Db, project.OrganizationId, command.Actor.UserId, ct);
        return project.CreatedBy == command.Actor.UserId ? allowance.Refusal : (allowance with { PerPerson = null }).Refusal;
    }

    // Restoring gives nobody more than they hold: a restorer who could not make an Admin leaves the project to an Owner.
    private static async Task<bool> EnsureAdminAsync(Command command, Project project, CancellationToken ct)
    {
        if (await AdminGuard.HasAdminAsync(command.Db, project.Id, ct))
        {
            return false;
        }

        var (db, actorId) = (command.Db, command.Actor.UserId);
        var restorerMay = AdminSuccession.MayAppoint(command.Access) || ProjectRole.Admin.Permissions.IsSubsetOf(command.Access.HeldUntil(null));
        var heir = restorerMay ? await db.Users.SingleAsync(user => user.Id == actorId, ct) : await AdminSuccession.OldestOwnerAsync(db, project.OrganizationId, ct);
        if (heir is null)
        {
            return false;
        }

        await command.GivesAsync([heir.Id], db.Projects.Where(restored => restored.Id == project.Id), ct);
        await AdminSuccession.AppointAsync(command, project.OrganizationId, [project.Id], heir, ct);
        return restorerMay;
    }

    private static Task<Project> LoadAsync(Command command, CancellationToken ct) =>
        command.Db.Projects.SingleAsync(project => project.OrganizationId == command.Project.Organization.Id && project.Id == command.Project.Project.Id, ct);

    private static object StateOf(Project project, IReadOnlyList<Resource> stopped) => ResourceStops.Counted(stopped) is { } counted
        ? new { State = project.State.ToString(), project.SuspendedByOrganization, Stopped = counted }
        : new { State = project.State.ToString(), project.SuspendedByOrganization };

    private static AuditObject ObjectOf(Project project) => new("project", project.Id, project.Name);
}
