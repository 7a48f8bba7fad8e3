using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Access;
using ProjectConsole.Security;
using Radzen;

namespace ProjectConsole.Features.Explanations;

/// <summary>Opens the panel that explains access.</summary>
public sealed class ExplanationDialogs(DialogService dialogs)
{
    /// <summary>Explains what a person may do in a project.</summary>
    /// <param name="project">Where.</param>
    /// <param name="userId">Who.</param>
    /// <param name="email">The person's address, for the title.</param>
    /// <param name="permission">What to begin with; null to begin with what something takes.</param>
    public Task OpenAsync(ProjectAccess project, Guid userId, string? email = null, Permission? permission = null) =>
        OpenAsync(Title(project, userId, email), new() { [nameof(WhyPanel.Project)] = project.Scope, [nameof(WhyPanel.UserId)] = userId, [nameof(WhyPanel.First)] = permission });

    /// <summary>Explains what a person may do in a project of an organization that is chosen first.</summary>
    public async Task OpenAsync(OrganizationAccess organization, Guid userId, string email) => await dialogs.OpenSideAsync<WhyWherePanel>(
        organization.Access.Facts.Person.UserId == userId ? "Why can I do this?" : $"Why can {email} do this?",
        new() { [nameof(WhyWherePanel.OrganizationId)] = organization.Id, [nameof(WhyWherePanel.UserId)] = userId }, DialogLook.Panel());

    /// <summary>Explains what a team gives in a project.</summary>
    public Task OpenTeamAsync(ProjectAccess project, Guid teamId, string name) =>
        OpenAsync($"What does team {name} give?", new() { [nameof(WhyPanel.Project)] = project.Scope, [nameof(WhyPanel.TeamId)] = teamId });

    private async Task OpenAsync(string title, Dictionary<string, object?> parameters) => await dialogs.OpenSideAsync<WhyPanel>(title, parameters, DialogLook.Panel());

    private static string Title(ProjectAccess project, Guid userId, string? email) =>
        project.Access.Facts.Person.UserId == userId ? "Why can I do this?"
        : email is null ? "Why?"
        : $"Why can {email} do this?";
}
