using Microsoft.AspNetCore.Components;
using ProjectConsole.Domain.Access;

namespace ProjectConsole.Features.Explanations;

/// <summary>One path from the person to a permission, step by step.</summary>
public sealed partial class WhyPath
{
    /// <summary>What is explained.</summary>
    [Parameter, EditorRequired]
    public required AccessExplanation Explained { get; set; }

    /// <summary>The path.</summary>
    [Parameter, EditorRequired]
    public required ExplainedPath Path { get; set; }

    /// <summary>The permission at its end.</summary>
    [Parameter, EditorRequired]
    public required Permission Asked { get; set; }

    private bool TakenByCeiling => Path.Source.After.Contains(Asked) && Explained.Of(Asked).TakenByCeiling;

    private bool Gives => Path.Source.After.Contains(Asked) && Explained.Access.Held.Contains(Asked);

    private string Icon => Path.Source.Kind switch
    {
        AccessSourceKind.OrganizationRole or AccessSourceKind.DefaultProject => "corporate_fare",
        AccessSourceKind.Workspace => "workspaces",
        AccessSourceKind.Team => "group",
        _ => "person_add",
    };

    private string Membership => Explained.Access.Facts.Membership is { } membership
        ? $"Member of {Explained.Subject.Organization.Name} with the organization role {membership.Role.Title}"
        : $"Outside {Explained.Subject.Organization.Name}";
}
