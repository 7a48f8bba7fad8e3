namespace ProjectConsole.Shared;

/// <summary>The links to what is owned outside projects.</summary>
public static partial class ConsoleUrls
{
    /// <summary>The personal spaces of the person, one in each organization.</summary>
    public const string PersonalSpaces = "/account/personal-spaces";

    /// <summary>The Catalogue tab of an organization.</summary>
    public static string Catalogue(string organization) => $"/organizations/{Segment(organization)}/catalogue";

    /// <summary>What the person owns in an organization outside every project.</summary>
    public static string PersonalSpace(string organization) => $"/organizations/{Segment(organization)}/personal-space";

    /// <summary>The most that the person may use outside every project, and what is used.</summary>
    public static string PersonalSpaceUsage(string organization) => $"{PersonalSpace(organization)}/limits";

    /// <summary>What people who left an organization had outside every project.</summary>
    public static string FormerSpaces(string organization) => $"{Members(organization)}/spaces";

    /// <summary>What one person who left had.</summary>
    public static string FormerSpace(string organization, Guid space) => $"{FormerSpaces(organization)}/{space}";
}
