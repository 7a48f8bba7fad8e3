using Microsoft.AspNetCore.Components;

namespace ProjectConsole.Components.Controls;

/// <summary>The same page for what is missing and what is forbidden, so that it tells nobody which.</summary>
public sealed partial class NoAccessState
{
    /// <summary>The address the person is signed in with.</summary>
    [Parameter]
    public string? Address { get; set; }

    [Parameter]
    public RenderFragment? Actions { get; set; }

    /// <summary>The form that asks for access, in a card.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }
}
