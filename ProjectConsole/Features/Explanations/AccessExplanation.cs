using ProjectConsole.Domain.Access;
using ProjectConsole.Security;

namespace ProjectConsole.Features.Explanations;

/// <summary>What a person or team may do in a project and how that comes about, read from the run that decides.</summary>
/// <param name="Reader">What the one who asks may do there; links are offered by it.</param>
/// <param name="Subject">The decision that is explained.</param>
/// <param name="Name">Address of the person, or name of the team.</param>
public sealed record AccessExplanation(ProjectAccess Reader, ProjectAccess Subject, string Name)
{
    /// <summary>Whether a team is explained: what it gives to those in it, before the ceiling of each.</summary>
    public bool IsTeam { get; init; }

    /// <summary>Whether the one who asks is the one explained.</summary>
    public bool IsYou => !IsTeam && Reader.Access.Facts.Person.UserId == Subject.Access.Facts.Person.UserId;

    /// <summary>The paths in force.</summary>
    public IReadOnlyList<ExplainedPath> Paths { get; init; } = [];

    /// <summary>The paths that have ended by themselves and still stand in the list.</summary>
    public IReadOnlyList<ExplainedPath> Ended { get; init; } = [];

    /// <summary>What restrictions, the ceiling and the project's state take, by name.</summary>
    public IReadOnlyList<TakenPart> Taken { get; init; } = [];

    /// <summary>Who can change an organization role or its ceiling: a few Owners and Admins of the organization.</summary>
    public IReadOnlyList<string> Managers { get; init; } = [];

    /// <summary>The decision itself.</summary>
    public EffectiveAccess Access => Subject.Access;

    /// <summary>The reason for one permission.</summary>
    public Explanation Of(Permission permission) => Explanation.Of(Access, permission);

    /// <summary>The permission that is worth explaining first: one that something takes, else opening the project.</summary>
    public Permission Foremost
    {
        get
        {
            var missing = Taken.Aggregate(PermissionSet.Empty, (all, part) => all | part.Takes) - Access.Allowed;
            return missing.IsEmpty ? Permissions.ProjectView : missing.First();
        }
    }
}

/// <summary>One path with what is known of its origin.</summary>
/// <param name="Source">The path as the decision knows it.</param>
public sealed record ExplainedPath(AccessSource Source)
{
    /// <summary>Who gave it, by the address at that time; empty where nobody did.</summary>
    public string GrantedByName { get; init; } = "";

    /// <summary>When, UTC; null where nobody did.</summary>
    public DateTime? GrantedUtc { get; init; }

    /// <summary>Name of the team through which it comes; empty for none.</summary>
    public string Team { get; init; } = "";

    /// <summary>Slug of that team.</summary>
    public string TeamSlug { get; init; } = "";

    /// <summary>Since when the person is in the team, UTC.</summary>
    public DateTime? InTeamSinceUtc { get; init; }

    /// <summary>Name of the workspace that grants; empty for a grant on the project.</summary>
    public string Workspace { get; init; } = "";

    /// <summary>The rules of its restriction; none without one.</summary>
    public RestrictionRules Rules { get; init; } = RestrictionRules.None;

    /// <summary>Whether the restriction belongs to the whole organization.</summary>
    public bool IsRestrictionOfOrganization { get; init; }
}

/// <summary>What takes something.</summary>
public enum TakenBy
{
    /// <summary>A restriction on one path.</summary>
    Restriction,

    /// <summary>The ceiling of the organization role.</summary>
    Ceiling,

    /// <summary>The state of the project.</summary>
    State,
}

/// <summary>Something that takes permissions from what roles give.</summary>
/// <param name="By">What kind of thing.</param>
/// <param name="Name">Its name: the restriction, the organization role, the state.</param>
/// <param name="Takes">What it takes where it stands.</param>
/// <param name="GivenBack">What of it other paths give nevertheless.</param>
/// <param name="Path">The path on which a restriction stands.</param>
public sealed record TakenPart(TakenBy By, string Name, PermissionSet Takes, PermissionSet GivenBack, ExplainedPath? Path = null);
