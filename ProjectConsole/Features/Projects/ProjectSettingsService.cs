using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Projects;

/// <summary>Settings &gt; General of a project.</summary>
public sealed class ProjectSettingsService(IDbContextFactory<ConsoleDbContext> databases, AccessControl access, ConsoleWriter writer)
{
    /// <summary>The settings as they are, with the token under which they may be saved.</summary>
    public async Task<Result<ProjectSettings>> GetAsync(Actor actor, ProjectScope scope, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (AccessRefusal.InProject(await access.InProjectAsync(db, actor.UserId, scope, ct), Permissions.ProjectView) is { } refusal)
        {
            return refusal;
        }

        var project = await db.Projects.AsNoTracking().SingleAsync(project => project.OrganizationId == scope.OrganizationId && project.Id == scope.ProjectId, ct);
        return ProjectSettings.Of(project);
    }

    /// <summary>Saves settings that were read under the version they carry; <see cref="Stale"/> where somebody saved meanwhile.</summary>
    public Task<Result> SaveAsync(Actor actor, ProjectScope scope, ProjectSettings typed, CancellationToken ct = default) =>
        writer.WriteAsync(actor, CommandTarget.InProject(scope, Permissions.ProjectUpdate, AuditActions.ProjectChanged, CommandLock.Exclusive), async command =>
        {
            var project = await command.Db.Projects.SingleAsync(project => project.OrganizationId == scope.OrganizationId && project.Id == scope.ProjectId, ct);
            var checking = typed.Check();
            if (!checking.Succeeded)
            {
                return checking.Error;
            }

            if (project.Version != typed.Version)
            {
                return new Stale();
            }

            ChangeDetails(command, project, checking.Value);
            ChangeDocumentation(command, project, ProjectSettings.Lines(typed.Documentation));
            return Result.Ok;
        }, ct);

    private static void ChangeDetails(Command command, Project project, ProjectDetails details)
    {
        var before = Told(project);
        if (IsSame(project, details))
        {
            return;
        }

        project.Change(details);
        command.Audit(AuditActions.ProjectChanged, new AuditObject("project", project.Id, project.Name), before, Told(project));
    }

    private static void ChangeDocumentation(Command command, Project project, string markdown)
    {
        if (project.Documentation == markdown)
        {
            return;
        }

        var before = project.Documentation.Length;
        project.Document(markdown);
        command.Audit(
            AuditActions.ProjectDocumented, new AuditObject("project", project.Id, project.Name), new { Characters = before }, new { Characters = markdown.Length });
    }

    private static bool IsSame(Project project, ProjectDetails details) =>
        project.Name == details.Name && project.Description == details.Description && project.Structure == details.Structure
        && project.Labels.SequenceEqual(details.Labels) && project.Configuration.SequenceEqual(details.Configuration);

    private static object Told(Project project) => new { project.Name, project.Description, project.Structure, project.Labels, project.Configuration };
}
