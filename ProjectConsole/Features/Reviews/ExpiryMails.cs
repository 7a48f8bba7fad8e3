using System.Globalization;
using ProjectConsole.Domain.Accounts;

namespace ProjectConsole.Features.Reviews;

/// <summary>The mails about grants that end soon.</summary>
internal static class ExpiryMails
{
    /// <summary>To somebody whose access ends, alone or with a team.</summary>
    public static OutgoingMail ToPerson(ExpiryPlace place, ExpiringGrant row, string email, DateTime nowUtc) => new(
        email,
        $"Your access to {place.Name} ends on {Day(row.EndsUtc)}",
        $"""
        What {place.Name} in {place.OrganizationName} grants {(row.Team is { } team ? $"your team {team}" : "you")} ends on {Day(row.EndsUtc)}, {row.EndsUtc.ToString("HH:mm", CultureInfo.InvariantCulture)} UTC.

        {(place.Kind == "project" ? "An Admin of the project" : "An Owner of the organization")} can set another date. You need to do nothing if it may end.
        """,
        nowUtc);

    /// <summary>To somebody who can set another date.</summary>
    public static OutgoingMail ToAdmin(ExpiryPlace place, IReadOnlyList<ExpiringGrant> rows, string email, DateTime nowUtc) => new(
        email,
        $"{(rows.Count == 1 ? "1 grant ends" : $"{rows.Count} grants end")} soon in {place.Name}",
        $"""
        Within a week ends in {place.Name} what the {place.Kind} grants these people and teams:

        {string.Join(Environment.NewLine, rows.Select(row => $"{Day(row.EndsUtc)}  {row.Name}"))}

        {place.Link}
        """,
        nowUtc);

    private static string Day(DateTime utc) => utc.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}

/// <summary>The project or workspace whose grants end.</summary>
internal sealed record ExpiryPlace(string Name, string OrganizationName, string Kind, string Link);

/// <summary>A grant that ends soon.</summary>
internal sealed record ExpiringGrant(Guid GrantId, Guid PrincipalId, DateTime EndsUtc, string? Email, string? Team)
{
    public string Name => Team ?? Email ?? "";
}
