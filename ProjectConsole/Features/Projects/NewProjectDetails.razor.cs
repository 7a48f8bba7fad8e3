using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Projects;

/// <summary>The first step: name, Project ID, description, structure.</summary>
public sealed partial class NewProjectDetails
{
    private static readonly IReadOnlyList<RadioCard<string>> Structures =
        [.. ProjectStructure.All.Select(structure => new RadioCard<string>(structure.Key, structure.Title, $"{string.Join(", ", structure.Examples)}. Best for: {structure.BestFor}"))];

    private ProjectIdAnswer? _answer;
    private (string Name, IReadOnlyList<ProjectNamedAlike> Rows)? _alike;

    /// <summary>What was typed.</summary>
    [Parameter, EditorRequired]
    public required NewProjectForm Form { get; set; }

    /// <summary>What the form must know.</summary>
    [Parameter, EditorRequired]
    public required ProjectStart Start { get; set; }

    /// <summary>Where the project will be.</summary>
    [Parameter, EditorRequired]
    public required OrganizationNames Organization { get; set; }

    /// <summary>What was wrong when Next was pressed.</summary>
    [Parameter, EditorRequired]
    public required Invalid Errors { get; set; }

    /// <summary>Something was typed into the field of that name.</summary>
    [Parameter, EditorRequired]
    public EventCallback<string> OnChanged { get; set; }

    [Inject]
    public required ProjectStartService Starts { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    private string Cleaned => Slug.Clean(Form.Slug);

    private string? IdFolded => Cleaned != Form.Slug.Trim() ? Cleaned : null;

    // Only an answer about what stands in the field now counts.
    private string? IdError => _answer is { } answer && answer.Cleaned == Cleaned && Cleaned != "" ? answer.Error : Errors.For(ProjectDraft.ProjectId);

    private string? IdGood => _answer is { Error: null } answer && answer.Cleaned == Cleaned ? $"Free in {Organization.Name}" : null;

    private string IdHelp =>
        $"1 to 50 of a–z, 0–9, - and _. Capitals become small letters. It cannot be changed later.{(Start.Hint == "" ? "" : $" {Start.Hint}")}";

    private string AddressStart => $"{ConsoleUrls.Projects(Organization.Slug)}/";

    private string Shown => Cleaned == "" ? "project-id" : Cleaned;

    private Guid? WorkspaceId => Form.WorkspaceId ?? Start.Workspaces.FirstOrDefault(workspace => workspace.Slug == Slug.Default)?.Id;

    private string BeforeText => Start.Allowance switch
    {
        { PerPerson: { } most } allowance => $"You become Admin of the project. It is number {allowance.UsedByPerson + 1} of the {most} you may create in {Organization.Name}. Nothing is created until the last step.",
        { Allowance: { } most } allowance => $"You become Admin of the project. It is number {allowance.Used + 1} of the {most} of {Organization.Name}. Nothing is created until the last step.",
        _ => "You become Admin of the project. Nothing is created until the last step.",
    };

    private void NameTyped(ChangeEventArgs change)
    {
        Form.Name = change.Value as string ?? "";
        Form.FollowName();
    }

    private void IdTyped(ChangeEventArgs change) => Form.TypeSlug(change.Value as string ?? "");

    private Task TakeAsync(string slug)
    {
        Form.TypeSlug(slug);
        return CheckAsync(ProjectDraft.ProjectId);
    }

    // The page asks when typing has paused (console.js), not for every letter.
    private async Task CheckAsync(string field)
    {
        await OnChanged.InvokeAsync(field);
        var asked = Cleaned;
        if (asked == "")
        {
            _answer = null;
            return;
        }

        var result = await Starts.CheckAsync(await CurrentActor.GetAsync(), Organization.Id, asked);
        if (asked == Cleaned)
        {
            _answer = result.Succeeded ? result.Value : new ProjectIdAnswer(asked, result.Error.Message, []);
        }
    }

    private async Task NameDoneAsync()
    {
        await CheckAsync(nameof(Form.Name));
        var asked = Form.Name;
        var result = await Starts.FindAlikeAsync(await CurrentActor.GetAsync(), Organization.Id, asked);
        _alike = result.Succeeded ? (asked, result.Value) : null;
    }

    private Task DescriptionTyped(ChangeEventArgs change)
    {
        Form.Description = change.Value as string ?? "";
        return OnChanged.InvokeAsync(nameof(Form.Description));
    }

    private Task WorkspaceChosen(ChangeEventArgs change)
    {
        Form.WorkspaceId = Guid.TryParse(change.Value as string, out var id) ? id : null;
        return OnChanged.InvokeAsync(ProjectDraft.Workspace);
    }

    private Task StructureChosen(string structure)
    {
        Form.Structure = structure;
        return OnChanged.InvokeAsync(nameof(Form.Structure));
    }
}
