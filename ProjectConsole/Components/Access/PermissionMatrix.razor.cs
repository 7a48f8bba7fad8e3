using Microsoft.AspNetCore.Components;
using ProjectConsole.Domain.Access;
using ProjectConsole.Shared;

namespace ProjectConsole.Components.Access;

/// <summary>
/// A permission set by subject and verb, with titles and sentences of the catalogue; to read, or to tick. Ticking brings what is
/// included, unticking takes what includes it, and both are said.
/// </summary>
public sealed partial class PermissionMatrix
{
    private const int NamedAtMost = 3;

    private PermissionSubjects _subjects = PermissionSubjects.Of(PermissionSet.Empty);
    private PermissionSet _grouped;
    private IReadOnlyList<Permission>? _found;
    private string _search = "";
    private string? _told;

    /// <summary>The set.</summary>
    [Parameter, EditorRequired]
    public required PermissionSet Value { get; set; }

    /// <summary>Another set was chosen; without it the matrix is only read.</summary>
    [Parameter]
    public EventCallback<PermissionSet> ValueChanged { get; set; }

    /// <summary>The permissions that are shown.</summary>
    [Parameter]
    public PermissionSet Offered { get; set; } = PermissionCatalogue.Project;

    /// <summary>What the person may give; the rest cannot be ticked.</summary>
    [Parameter]
    public PermissionSet Holdable { get; set; } = PermissionSet.Of(PermissionCatalogue.All);

    /// <summary>What is always part of the set.</summary>
    [Parameter]
    public PermissionSet Fixed { get; set; } = PermissionSet.Of(Permissions.ProjectView);

    /// <summary>The set that differences are marked against; null for none.</summary>
    [Parameter]
    public PermissionSet? Base { get; set; }

    private bool IsEditable => ValueChanged.HasDelegate;

    protected override void OnParametersSet()
    {
        if (_grouped != Offered)
        {
            (_grouped, _subjects) = (Offered, PermissionSubjects.Of(Offered));
        }
    }

    private void Search(string text)
    {
        _search = text;
        var folded = TextRules.Fold(TextRules.Clean(text));
        _found = folded.Length == 0 ? null
            : [.. Offered.Where(permission => permission.Name.Contains(folded, StringComparison.Ordinal)
                || TextRules.Fold($"{permission.Title} {permission.Sentence}").Contains(folded, StringComparison.Ordinal))];
        _told = _found is null ? null : $"{_found.Count} found";
    }

    private bool MayToggle(Permission permission) => !Fixed.Contains(permission)
        && (Value.Contains(permission) || PermissionCatalogue.WithIncluded(permission).IsSubsetOf(Holdable | Value));

    private Task ToggleAsync(Permission permission, bool isTicked) => MayToggle(permission)
        ? ChangeAsync(isTicked ? PermissionChoice.Tick(Value, permission) : PermissionChoice.Untick(Value, permission), PermissionSet.Of(permission))
        : Task.CompletedTask;

    // All of a column where one is missing, else none of it.
    private Task ToggleColumnAsync(string verb)
    {
        var column = Offered.Where(permission => permission.Verb == verb && PermissionSubjects.IsOfKind(permission)).Where(MayToggle).ToList();
        var next = column.TrueForAll(Value.Contains)
            ? column.Aggregate(Value, PermissionChoice.Untick)
            : column.Aggregate(Value, PermissionChoice.Tick);
        return ChangeAsync(next, PermissionSet.Of(column));
    }

    private Task ChangeAsync(PermissionSet next, PermissionSet asked)
    {
        next = (next | Fixed) & Offered;
        var (brought, taken) = (next - Value - asked, Value - next - asked);
        _told = !brought.IsEmpty ? $"Also ticked: {Named(brought)}" : !taken.IsEmpty ? $"Also unticked: {Named(taken)}" : null;
        return ValueChanged.InvokeAsync(next);
    }

    private static string Named(PermissionSet set) =>
        string.Join(", ", set.Take(NamedAtMost).Select(permission => permission.Title)) + (set.Count > NamedAtMost ? $" and {set.Count - NamedAtMost} more" : "");

    private string NameOf(Permission permission) => DifferenceOf(permission) is { } difference ? $"{permission.Title} ({difference})" : permission.Title;

    private string SentenceOf(Permission permission) => MayToggle(permission) ? permission.Sentence
        : Fixed.Contains(permission) ? $"{permission.Sentence} Always part of it."
        : $"{permission.Sentence} You do not hold this yourself.";

    private string? DifferenceOf(Permission permission) => Base is not { } start || start.Contains(permission) == Value.Contains(permission) ? null
        : Value.Contains(permission) ? "added" : "taken";

    private string? ClassOf(Permission permission) => DifferenceOf(permission) is { } difference ? $"permission-{difference}" : null;
}
