namespace ProjectConsole.Domain.Reviews;

/// <summary>What happens to rows that nobody answered by the due date.</summary>
public enum UnansweredRows
{
    /// <summary>They keep what they have.</summary>
    Keep,

    /// <summary>They lose their grant on the project.</summary>
    Remove,
}

/// <summary>The collaborators of one project looked at one by one, until a date.</summary>
public sealed class AccessReview
{
    private AccessReview()
    {
    }

    /// <summary>Starts a review.</summary>
    public AccessReview(Guid organizationId, Guid projectId, string startedByName, DateTime dueUtc, UnansweredRows unanswered, DateTime nowUtc)
    {
        Id = Guid.CreateVersion7();
        OrganizationId = organizationId;
        ProjectId = projectId;
        StartedByName = startedByName;
        StartedUtc = nowUtc;
        DueUtc = dueUtc;
        Unanswered = unanswered;
        Version = Guid.NewGuid();
    }

    /// <summary>UUID version 7.</summary>
    public Guid Id { get; private set; }

    /// <summary>The tenant.</summary>
    public Guid OrganizationId { get; private set; }

    /// <summary>The project.</summary>
    public Guid ProjectId { get; private set; }

    /// <summary>Who started it, by the address at that time.</summary>
    public string StartedByName { get; private set; } = "";

    /// <summary>When, UTC.</summary>
    public DateTime StartedUtc { get; private set; }

    /// <summary>When it ends by itself, UTC.</summary>
    public DateTime DueUtc { get; private set; }

    /// <summary>What then happens to rows without an answer.</summary>
    public UnansweredRows Unanswered { get; private set; }

    /// <summary>When the Admins were reminded, UTC; null for not yet.</summary>
    public DateTime? RemindedUtc { get; private set; }

    /// <summary>When it was closed, UTC; null while it runs.</summary>
    public DateTime? ClosedUtc { get; private set; }

    /// <summary>Who closed it; empty while it runs.</summary>
    public string ClosedByName { get; private set; } = "";

    /// <summary>The edit token.</summary>
    public Guid Version { get; private set; }

    /// <summary>Notes that the Admins were reminded.</summary>
    public void Remind(DateTime nowUtc)
    {
        RemindedUtc = nowUtc;
        Version = Guid.NewGuid();
    }

    /// <summary>Ends it.</summary>
    public void Close(string closedByName, DateTime nowUtc)
    {
        (ClosedByName, ClosedUtc) = (closedByName, nowUtc);
        Version = Guid.NewGuid();
    }
}
