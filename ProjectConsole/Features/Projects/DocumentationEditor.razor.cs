using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Projects;

namespace ProjectConsole.Features.Projects;

/// <summary>Markdown, written or looked at as others will see it.</summary>
public sealed partial class DocumentationEditor
{
    private bool _isPreview;

    /// <summary>The Markdown.</summary>
    [Parameter, EditorRequired]
    public required string Text { get; set; }

    /// <summary>It was typed.</summary>
    [Parameter]
    public EventCallback<string> TextChanged { get; set; }

    /// <summary>What is wrong.</summary>
    [Parameter]
    public string? Error { get; set; }

    /// <summary>Shown only.</summary>
    [Parameter]
    public bool IsReadOnly { get; set; }

    private string Count => $"{Numbers.Whole(Text.Length)} of {Numbers.Whole(ProjectDetails.LongestDocumentation)} characters";

    // The browser keeps to both; whoever sends events past the page does not.
    private Task TypedAsync(ChangeEventArgs change) =>
        IsReadOnly || change.Value is not string { Length: <= ProjectDetails.LongestDocumentation } typed ? Task.CompletedTask : TextChanged.InvokeAsync(typed);
}
