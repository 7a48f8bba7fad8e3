using Microsoft.AspNetCore.Components;

namespace ProjectConsole.Components.Controls;

/// <summary>The head of a page: title, what stands beside it, one line of description, at most one primary button.</summary>
public sealed partial class PageHead
{
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>A count in words beside the title: "26 people, 2 teams".</summary>
    [Parameter]
    public string? Count { get; set; }

    /// <summary>State chip, identifier and the like, beside the title.</summary>
    [Parameter]
    public RenderFragment? Beside { get; set; }

    [Parameter]
    public string? Description { get; set; }

    /// <summary>Buttons at the right end; the primary one last.</summary>
    [Parameter]
    public RenderFragment? Actions { get; set; }

    /// <summary>A page beside the settings navigation has a smaller title.</summary>
    [Parameter]
    public bool IsSettings { get; set; }

    /// <summary>The way here; the last step is the page itself.</summary>
    [Parameter]
    public IReadOnlyList<NavigationItem>? Crumbs { get; set; }

    /// <summary>The page's own step, when it differs from the title ("New").</summary>
    [Parameter]
    public string? LastCrumb { get; set; }
}
