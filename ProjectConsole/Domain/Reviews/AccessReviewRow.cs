namespace ProjectConsole.Domain.Reviews;

/// <summary>What was decided about one collaborator.</summary>
public enum ReviewAnswer
{
    /// <summary>Nothing yet.</summary>
    None,

    /// <summary>Keeps what it has.</summary>
    Keep,

    /// <summary>Gets a smaller role.</summary>
    Reduce,

    /// <summary>Loses the grant.</summary>
    Remove,
}

/// <summary>One collaborator in a review, a person or a team, as it was when the review began.</summary>
public sealed class AccessReviewRow
{
    private AccessReviewRow()
    {
    }

    /// <summary>Notes a collaborator.</summary>
    public AccessReviewRow(AccessReview review, Guid principalId, bool isTeam, string name, string roleKey, string roleTitle, DateTime? lastUseUtc)
    {
        OrganizationId = review.OrganizationId;
        ReviewId = review.Id;
        PrincipalId = principalId;
        IsTeam = isTeam;
        Name = name;
        RoleKey = roleKey;
        RoleTitle = roleTitle;
        LastUseUtc = lastUseUtc;
        Version = Guid.NewGuid();
    }

    /// <summary>The tenant.</summary>
    public Guid OrganizationId { get; private set; }

    /// <summary>The review.</summary>
    public Guid ReviewId { get; private set; }

    /// <summary>The person or team.</summary>
    public Guid PrincipalId { get; private set; }

    /// <summary>Whether it is a team.</summary>
    public bool IsTeam { get; private set; }

    /// <summary>Address or team name at that time.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Stored name of the role at that time.</summary>
    public string RoleKey { get; private set; } = "";

    /// <summary>That role, for people.</summary>
    public string RoleTitle { get; private set; } = "";

    /// <summary>When it was last in the project, UTC; null for never.</summary>
    public DateTime? LastUseUtc { get; private set; }

    /// <summary>What was decided.</summary>
    public ReviewAnswer Answer { get; private set; }

    /// <summary>Stored name of the smaller role; null for the other answers.</summary>
    public string? NewRoleKey { get; private set; }

    /// <summary>Who decided; empty for nobody yet, and for what the due date decided.</summary>
    public string AnsweredByName { get; private set; } = "";

    /// <summary>When, UTC.</summary>
    public DateTime? AnsweredUtc { get; private set; }

    /// <summary>What came of it where that was not what was decided; empty otherwise.</summary>
    public string Note { get; private set; } = "";

    /// <summary>The edit token.</summary>
    public Guid Version { get; private set; }

    /// <summary>Decides.</summary>
    public void Decide(ReviewAnswer answer, string? newRoleKey, string byName, DateTime nowUtc, string note = "")
    {
        (Answer, NewRoleKey, AnsweredByName, AnsweredUtc, Note) = (answer, newRoleKey, byName, nowUtc, note);
        Version = Guid.NewGuid();
    }
}
