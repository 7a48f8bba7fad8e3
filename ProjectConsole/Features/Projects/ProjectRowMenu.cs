using Microsoft.JSInterop;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Projects;

/// <summary>What a row of the Projects tab offers.</summary>
public sealed class ProjectRowMenu(ProjectLifeDialogs life, IJSRuntime browser)
{
    private const string NotAllowed = "An Admin of the project can do this.";

    /// <summary>The entries for one project.</summary>
    /// <param name="organization">Where it is.</param>
    /// <param name="row">The project.</param>
    /// <param name="changed">Called after the project was changed.</param>
    public IReadOnlyList<MenuItem> For(OrganizationAccess organization, ProjectRow row, Func<Task> changed)
    {
        var target = new ProjectTarget(new ProjectScope(organization.Id, row.Id), row.Slug, row.Name);
        var copy = new MenuItem("Copy Project ID", "content_copy") { OnClick = () => browser.InvokeVoidAsync("projectConsole.copyText", row.Slug).AsTask() };
        return row.State == ProjectState.Deleted
            ? [new MenuItem("Restore", "restore_from_trash") { OnClick = () => DoAsync(() => life.RestoreAsync(target), changed) }, copy]
            : [.. Sections(organization.Organization.Slug, row.Slug), copy, .. LifeOf(row, target, changed)];
    }

    private static MenuItem[] Sections(string organization, string project) =>
    [
        new("Open", "open_in_full") { Href = ConsoleUrls.Project(organization, project) },
        new("Settings", "settings") { Href = ConsoleUrls.ProjectSettings(organization, project) },
        new("Collaborators", "group") { Href = ConsoleUrls.Collaborators(organization, project) },
    ];

    private MenuItem[] LifeOf(ProjectRow row, ProjectTarget target, Func<Task> changed)
    {
        var suspended = row.State == ProjectState.Suspended;
        return
        [
            new MenuItem(suspended ? "Activate" : "Suspend", suspended ? "play_circle" : "pause_circle")
            {
                StartsGroup = true,
                DisabledReason = Reason(row.Acts.Suspension),
                OnClick = () => DoAsync(() => suspended ? life.ActivateAsync(target) : life.SuspendAsync(target), changed),
            },
            new MenuItem("Delete", "delete")
            {
                IsDanger = true,
                DisabledReason = Reason(row.Acts.Deletion),
                OnClick = () => DoAsync(() => life.DeleteAsync(target), changed),
            },
        ];
    }

    private static string? Reason(string? refusal) => refusal is null ? NotAllowed : refusal == "" ? null : refusal;

    private static async Task DoAsync(Func<Task<bool>> act, Func<Task> changed)
    {
        if (await act())
        {
            await changed();
        }
    }
}
