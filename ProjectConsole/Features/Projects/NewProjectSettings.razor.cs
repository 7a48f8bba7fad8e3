using Microsoft.AspNetCore.Components;
using ProjectConsole.Domain.Access;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Projects;

/// <summary>The second step: collaborators and configuration values, both optional.</summary>
public sealed partial class NewProjectSettings
{
    private Dictionary<NewCollaboratorRow, string?> _wrong = [];
    private Invalid? _read;

    /// <summary>What was typed.</summary>
    [Parameter, EditorRequired]
    public required NewProjectForm Form { get; set; }

    /// <summary>What the form must know.</summary>
    [Parameter, EditorRequired]
    public required ProjectStart Start { get; set; }

    /// <summary>What was wrong when Next was pressed.</summary>
    [Parameter, EditorRequired]
    public required Invalid Errors { get; set; }

    /// <summary>Something was typed.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnChanged { get; set; }

    private string Introduction => Start.IsByInvitation
        ? "This organization takes people in by invitation. Invite them under Collaborators once the project is created."
        : "They have access as soon as the project is created. You can add more at any time.";

    // What was typed before the organization began to invite is refused, and stays until the person takes it out.
    private IReadOnlyList<NewCollaboratorRow> Rows => Start.IsByInvitation ? [.. Form.Added] : Form.Collaborators;

    /// <summary>Whether an error of that field is shown in this step.</summary>
    internal static bool Holds(string field) => field == "Configuration" || field.StartsWith("Collaborators", StringComparison.Ordinal);

    private static string RoleSentence(NewCollaboratorRow row) => ProjectRole.Find(row.Role)?.Sentence ?? "";

    protected override void OnParametersSet()
    {
        // Errors name rows by the number that they had then; rows come and go.
        if (!ReferenceEquals(_read, Errors))
        {
            _read = Errors;
            _wrong = Form.Added.Select((row, index) => (row, Error: Errors.For(ProjectDraft.CollaboratorField(index)))).ToDictionary(pair => pair.row, pair => pair.Error);
        }
    }

    private string? ErrorOf(NewCollaboratorRow row) => _wrong.GetValueOrDefault(row);

    private Task AddAsync()
    {
        if (Form.Collaborators.Count >= ProjectDraft.MostCollaborators)
        {
            return Task.CompletedTask;
        }

        Form.Collaborators.Add(new NewCollaboratorRow());
        return OnChanged.InvokeAsync();
    }

    private Task RemoveAsync(NewCollaboratorRow row)
    {
        Form.Collaborators.Remove(row);
        return OnChanged.InvokeAsync();
    }

    private Task TypedAsync(NewCollaboratorRow row, ChangeEventArgs change)
    {
        row.Email = change.Value as string ?? "";
        return OnChanged.InvokeAsync();
    }

    private Task RoleChosenAsync(NewCollaboratorRow row, ChangeEventArgs change)
    {
        row.Role = change.Value as string ?? row.Role;
        return OnChanged.InvokeAsync();
    }

    private Task ExternalTickedAsync(NewCollaboratorRow row, ChangeEventArgs change)
    {
        row.IsExternal = change.Value is true;
        return OnChanged.InvokeAsync();
    }
}
