using Microsoft.AspNetCore.Components;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Resources;

namespace ProjectConsole.Features.Explanations;

/// <summary>A whole permission set: resources by group and verb, the rest by title.</summary>
public sealed partial class WhyMatrix
{
    private static readonly IReadOnlyList<IGrouping<string, ResourceKind>> Groups = [.. ResourceKinds.All.GroupBy(kind => kind.Group)];

    private static readonly HashSet<string> Kinds = [.. ResourceKinds.All.Select(kind => kind.Plural)];

    private readonly HashSet<string> _open = [];

    /// <summary>What is left.</summary>
    [Parameter, EditorRequired]
    public required PermissionSet Allowed { get; set; }

    /// <summary>Whether the reader is meant.</summary>
    [Parameter]
    public bool IsYou { get; set; }

    /// <summary>Whether a team is meant.</summary>
    [Parameter]
    public bool IsTeam { get; set; }

    private PermissionSet OfProject => PermissionSet.Of(Allowed.Where(permission => !Kinds.Contains(permission.Subject)));

    private bool Has(ResourceKind kind, string verb) => Allowed.Contains(Permissions.Of(kind, verb));

    private void Toggle(string group)
    {
        if (!_open.Remove(group))
        {
            _open.Add(group);
        }
    }
}
