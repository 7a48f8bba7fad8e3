using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.AccessRequests;

/// <summary>What somebody asks for, as typed.</summary>
/// <param name="Role">Stored name of the role.</param>
/// <param name="Reason">Why.</param>
/// <param name="Hours">For how many hours from the answer on; null for as long as the role lasts.</param>
public sealed record NewAccessRequest(string? Role, string? Reason, int? Hours = null)
{
    /// <summary>Cleans and checks it.</summary>
    public Result<AccessAsk> Check()
    {
        var reason = TextRules.Clean(Reason);
        var errors = new List<FieldError>();
        if (string.IsNullOrEmpty(Role))
        {
            errors.Add(new(nameof(Role), "Choose one of the roles offered."));
        }

        if ((reason == "" ? "Say why you need it." : TextRules.TextError(reason, "The reason", AccessRequest.LongestText)) is { } problem)
        {
            errors.Add(new(nameof(Reason), problem));
        }

        if (Hours is < 1 or > AccessRequest.MostHours)
        {
            errors.Add(new(nameof(Hours), "The time can be one hour to 365 days."));
        }

        return errors.Count == 0 ? new AccessAsk(Role!, reason, Hours) : new Invalid(errors);
    }
}

/// <summary>A yes: as much as was asked for, or less.</summary>
/// <param name="Role">Stored name of the role to give.</param>
/// <param name="Hours">For how many hours from now on; null for no end.</param>
/// <param name="Words">What the person reads about it, possibly empty.</param>
public sealed record GrantedRequest(string? Role, int? Hours, string? Words);

/// <summary>One request in a list.</summary>
public sealed record AccessRequestRow(
    Guid Id, Guid UserId, string Email, string RoleKey, string Role, string Reason, int? Hours, DateTime RequestedUtc, AccessRequestState State,
    string AnsweredByName, string Answer, DateTime? AnsweredUtc)
{
    /// <summary>For how long, in words.</summary>
    public string Length => AccessRequestWords.Length(Hours);
}

/// <summary>One of the person's own requests.</summary>
public sealed record OwnRequestRow(
    Guid Id, string Organization, string OrganizationSlug, string Project, string ProjectSlug, string Role, string Length, DateTime RequestedUtc,
    AccessRequestState State, string AnsweredByName, string Answer);

/// <summary>Requests in words.</summary>
public static class AccessRequestWords
{
    /// <summary>"for 2 hours", "for 3 days", "without an end".</summary>
    public static string Length(int? hours) => hours switch
    {
        null => "without an end",
        1 => "for 1 hour",
        24 => "for 1 day",
        _ when hours % 24 == 0 => $"for {hours / 24} days",
        _ => $"for {hours} hours",
    };
}
