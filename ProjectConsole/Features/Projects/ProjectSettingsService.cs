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
        if (AccessRefusal.InProject(await access.InProjectAsync(db, actor, scope, ct), Permissions.ProjectView) is { } refusal)
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
        var before = ProjectSettings.Of(project);
        if (IsSame(before, details))
        {
            return;
        }

        project.Change(details);
        var after = ProjectSettings.Of(project);
        command.Audit(AuditActions.ProjectChanged, new AuditObject("project", project.Id, project.Name), Told(before, after), Told(after, before));
    }

    private static void ChangeDocumentation(Command command, Project project, string markdown)
    {
        if (project.Documentation == markdown)
        {
            return;
        }

        var before = project.Documentation;
        project.Document(markdown);
        command.Audit(AuditActions.ProjectDocumented, new AuditObject("project", project.Id, project.Name), Told(before), Told(markdown));
    }

    private static bool IsSame(ProjectSettings before, ProjectDetails details) =>
        before.Name == details.Name && before.Description == details.Description && before.Structure == details.Structure
        && before.Labels.SequenceEqual(details.Labels) && before.Configuration.SequenceEqual(details.Configuration);

    // Only what changed, the longest last, so that nothing pushes a change behind the cut of an entry. Values can be confidential
    // to others than those who read the audit log: it says that one changed, not what it is.
    private static Dictionary<string, object?> Told(ProjectSettings settings, ProjectSettings other)
    {
        var told = new Dictionary<string, object?>();
        if (settings.Name != other.Name)
        {
            told["name"] = settings.Name;
        }

        if (settings.Structure != other.Structure)
        {
            told["structure"] = settings.Structure;
        }

        if (!settings.Configuration.SequenceEqual(other.Configuration))
        {
            told["configuration"] = settings.Configuration.Except(other.Configuration).ToDictionary(value => value.Name, value => Fingerprint.Of(value.Value));
        }

        if (!settings.Labels.SequenceEqual(other.Labels))
        {
            told["labels"] = settings.Labels;
        }

        if (settings.Description != other.Description)
        {
            told["description"] = settings.Description;
        }

        return told;
    }

    private static object Told(string documentation) => new { Characters = documentation.Length, Fingerprint = Fingerprint.Of(documentation) };
}
