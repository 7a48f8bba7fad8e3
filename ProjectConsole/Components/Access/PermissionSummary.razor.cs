using Microsoft.AspNetCore.Components;
using ProjectConsole.Domain.Access;

namespace ProjectConsole.Components.Access;

/// <summary>A permission set in a few lines, and in full when asked.</summary>
public sealed partial class PermissionSummary
{
    private const int Shown = 4;

    private IReadOnlyList<string> _lines = [];
    private bool _all;

    /// <summary>The permissions.</summary>
    [Parameter, EditorRequired]
    public required PermissionSet Set { get; set; }

    private IEnumerable<string> Titles => Set.Select(permission => permission.Title);

    private bool HasMore => _lines.Count > Shown || Set.Count > _lines.Count;

    protected override void OnParametersSet() => _lines = AccessWords.Summary(Set);
}
