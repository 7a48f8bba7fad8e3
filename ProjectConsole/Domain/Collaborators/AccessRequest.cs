namespace ProjectConsole.Domain.Collaborators;

/// <summary>What became of a request for access.</summary>
public enum AccessRequestState
{
    /// <summary>Nobody has answered.</summary>
    Pending,

    /// <summary>Granted, possibly with less than was asked for.</summary>
    Granted,

    /// <summary>Refused.</summary>
    Declined,

    /// <summary>Taken back, or ended with the person's membership.</summary>
    Withdrawn,
}

/// <summary>A member asks for a role in a project.</summary>
public sealed class AccessRequest
{
    /// <summary>The longest time that can be asked for.</summary>
    public const int MostHours = 24 * 365;

    /// <summary>The most characters that are kept of a typed Project ID, more than any has.</summary>
    public const int LongestSlug = 100;

    /// <summary>The most characters of a reason and of an answer.</summary>
    public const int LongestText = 1000;

    private AccessRequest()
    {
    }

    /// <summary>Asks.</summary>
    /// <param name="organizationId">The tenant.</param>
    /// <param name="projectId">The project.</param>
    /// <param name="userId">Who asks.</param>
    /// <param name="userName">The address at this time.</param>
    /// <param name="ask">For what and why.</param>
    /// <param name="nowUtc">Now, UTC.</param>
    public AccessRequest(Guid organizationId, Guid projectId, Guid userId, string userName, AccessAsk ask, DateTime nowUtc)
    {
        Id = Guid.CreateVersion7();
        OrganizationId = organizationId;
        ProjectId = projectId;
        UserId = userId;
        UserName = userName;
        (RoleKey, Reason, Hours) = ask;
        RequestedUtc = nowUtc;
        Version = Guid.NewGuid();
    }

    /// <summary>UUID version 7.</summary>
    public Guid Id { get; private set; }

    /// <summary>The tenant.</summary>
    public Guid OrganizationId { get; private set; }

    /// <summary>The project; null for one asked for by its ID alone that was not found, or not looked for yet.</summary>
    public Guid? ProjectId { get; private set; }

    /// <summary>The Project ID as typed, where the person does not see the project; empty otherwise.</summary>
    public string Slug { get; private set; } = "";

    /// <summary>Whether the project of that ID is still to be looked for.</summary>
    public bool AwaitsLookup { get; private set; }

    /// <summary>Who asks.</summary>
    public Guid UserId { get; private set; }

    /// <summary>The address at that time.</summary>
    public string UserName { get; private set; } = "";

    /// <summary>Stored name of the role asked for.</summary>
    public string RoleKey { get; private set; } = "";

    /// <summary>Why.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>For how many hours, counted from the answer; null for as long as the role lasts.</summary>
    public int? Hours { get; private set; }

    /// <summary>When, UTC.</summary>
    public DateTime RequestedUtc { get; private set; }

    /// <summary>What became of it.</summary>
    public AccessRequestState State { get; private set; }

    /// <summary>Who answered; null for nobody yet.</summary>
    public Guid? AnsweredBy { get; private set; }

    /// <summary>That person's address at that time, possibly empty.</summary>
    public string AnsweredByName { get; private set; } = "";

    /// <summary>The words of the answer, possibly empty.</summary>
    public string Answer { get; private set; } = "";

    /// <summary>When, UTC.</summary>
    public DateTime? AnsweredUtc { get; private set; }

    /// <summary>The edit token.</summary>
    public Guid Version { get; private set; }

    /// <summary>Asks by a Project ID for a project that the person does not see, and that there may not be.</summary>
    public static AccessRequest Blind(Guid organizationId, string slug, Guid userId, string userName, AccessAsk ask, DateTime nowUtc) =>
        new(organizationId, Guid.Empty, userId, userName, ask, nowUtc) { ProjectId = null, Slug = slug, AwaitsLookup = true };

    /// <summary>Asks again by the same Project ID: it is looked for again.</summary>
    public void AskAgainBlindly(AccessAsk ask, DateTime nowUtc)
    {
        AskAgain(ask, nowUtc);
        AwaitsLookup = true;
    }

    /// <summary>The project was looked for.</summary>
    /// <param name="projectId">The project; null where there is none of that ID.</param>
    public void LookedUp(Guid? projectId) => (ProjectId, AwaitsLookup) = (projectId, false);

    /// <summary>Replaces what is asked for, while nobody has answered.</summary>
    public void AskAgain(AccessAsk ask, DateTime nowUtc)
    {
        (RoleKey, Reason, Hours) = ask;
        RequestedUtc = nowUtc;
        Version = Guid.NewGuid();
    }

    /// <summary>Answers or withdraws it, once.</summary>
    public void Close(AccessRequestState state, Guid by, string byName, string answer, DateTime nowUtc)
    {
        (State, AnsweredBy, AnsweredByName, Answer, AnsweredUtc) = (state, by, byName, answer, nowUtc);
        Version = Guid.NewGuid();
    }
}

/// <summary>What somebody asks for.</summary>
/// <param name="RoleKey">Stored name of the role.</param>
/// <param name="Reason">Why.</param>
/// <param name="Hours">For how many hours; null for as long as the role lasts.</param>
public sealed record AccessAsk(string RoleKey, string Reason, int? Hours);
