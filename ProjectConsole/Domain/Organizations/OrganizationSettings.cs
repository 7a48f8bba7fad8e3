using System.Text.RegularExpressions;
using ProjectConsole.Shared;

namespace ProjectConsole.Domain.Organizations;

/// <summary>The settings of an organization that its Owners and Admins edit, checked and cleaned.</summary>
public sealed record OrganizationSettings
{
    /// <summary>The most characters of a name.</summary>
    public const int LongestName = 100;

    /// <summary>The most characters of a pattern and of its hint.</summary>
    public const int LongestPattern = 200;

    private static readonly TimeSpan MatchTimeout = TimeSpan.FromMilliseconds(100);

    /// <summary>Display name.</summary>
    public required string Name { get; init; }

    /// <summary>Who creates projects.</summary>
    public ProjectCreation ProjectCreation { get; init; }

    /// <summary>1 to 10,000, or null for no limit.</summary>
    public int? ProjectsPerPerson { get; init; }

    /// <summary>Regular expression, possibly empty.</summary>
    public string ProjectIdPattern { get; init; } = "";

    /// <summary>What people read about the pattern, possibly empty.</summary>
    public string ProjectIdHint { get; init; } = "";

    /// <summary>Whether people outside may hold grants.</summary>
    public bool AllowsExternalCollaborators { get; init; }

    /// <summary>How people come into the organization and its projects.</summary>
    public Joining Joining { get; init; }

    /// <summary>Whether a member of a team that is a collaborator may be added beside it.</summary>
    public bool AllowsGrantsBesideTeams { get; init; }

    /// <summary>5 to 1,440 minutes, or null for never.</summary>
    public int? IdleSignOutMinutes { get; init; }

    /// <summary>How many days a key of a project lives at most, 1 to 3,650; null for no bound.</summary>
    public int? LongestKeyLifeDays { get; init; }

    /// <summary>Cleans and checks what a person typed; field names are the names of the properties.</summary>
    public static Result<OrganizationSettings> Check(OrganizationSettings typed)
    {
        var settings = typed with
        {
            Name = TextRules.Clean(typed.Name),
            ProjectIdPattern = TextRules.Clean(typed.ProjectIdPattern),
            ProjectIdHint = TextRules.Clean(typed.ProjectIdHint),
        };
        var errors = settings.Errors().ToList();
        return errors.Count == 0 ? settings : new Invalid(errors);
    }

    /// <summary>Whether a Project ID matches a pattern as a whole; an empty pattern matches everything.</summary>
    /// <remarks>The pattern comes from people, so it runs without backtracking: no input makes it slow.</remarks>
    public static bool Matches(string pattern, string slug) =>
        pattern == "" || Regex.IsMatch(slug, $"^(?:{pattern})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, MatchTimeout);

    private IEnumerable<FieldError> Errors()
    {
        if (TextRules.NameError(Name, "Organization name", LongestName) is { } name)
        {
            yield return new(nameof(Name), name);
        }

        if (!Enum.IsDefined(ProjectCreation))
        {
            yield return new(nameof(ProjectCreation), "Choose one of the answers offered.");
        }

        if (!Enum.IsDefined(Joining))
        {
            yield return new(nameof(Joining), "Choose one of the answers offered.");
        }

        if (ProjectsPerPerson is < 1 or > 10_000)
        {
            yield return new(nameof(ProjectsPerPerson), "Projects per person can be 1 to 10,000; leave it empty for no limit.");
        }

        if (PatternError() is { } pattern)
        {
            yield return new(nameof(ProjectIdPattern), pattern);
        }

        if (TextRules.TextError(ProjectIdHint, "The hint", LongestPattern) is { } hint)
        {
            yield return new(nameof(ProjectIdHint), hint);
        }

        if (LongestKeyLifeDays is < 1 or > 3650)
        {
            yield return new(nameof(LongestKeyLifeDays), "Longest key life can be 1 to 3,650 days; leave it empty for no bound.");
        }

        if (IdleSignOutMinutes is < 5 or > 1440)
        {
            yield return new(nameof(IdleSignOutMinutes), "Idle sign-out can be 5 to 1,440 minutes; leave it empty for never.");
        }
    }

    private string? PatternError()
    {
        if (ProjectIdPattern.Length > LongestPattern)
        {
            return $"The pattern can have at most {LongestPattern} characters; this has {ProjectIdPattern.Length}.";
        }

        try
        {
            _ = Matches(ProjectIdPattern, "probe");
            return null;
        }
        catch (Exception failure) when (failure is ArgumentException or NotSupportedException)
        {
            return "This is not a pattern that can be used: check brackets, and use no look-around and no back references.";
        }
    }
}
