using Microsoft.AspNetCore.Components;

namespace ProjectConsole.Components.Layout;

/// <summary>Where one is: organization / workspace / project. A phone shows the deepest level only.</summary>
public sealed partial class ScopePath
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<ScopeLevel> Levels { get; set; }
}
