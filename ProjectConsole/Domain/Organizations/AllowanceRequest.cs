namespace ProjectConsole.Domain.Organizations;

/// <summary>What became of a request.</summary>
public enum RequestState
{
    /// <summary>Nobody has answered.</summary>
    Pending,

    /// <summary>Granted, possibly with another number.</summary>
    Approved,

    /// <summary>Refused.</summary>
    Declined,
}

/// <summary>An organization asks the installation's administrator for more projects.</summary>
public sealed class AllowanceRequest
{
    /// <summary>The most projects that can be asked for.</summary>
    public const int Most = 100_000;

    private AllowanceRequest()
    {
    }

    /// <summary>Asks.</summary>
    public AllowanceRequest(Guid organizationId, Guid requestedBy, string requestedByName, int projects, string reason, DateTime nowUtc)
    {
        Id = Guid.CreateVersion7();
        OrganizationId = organizationId;
        RequestedBy = requestedBy;
        RequestedByName = requestedByName;
        Projects = projects;
        Reason = reason;
        RequestedUtc = nowUtc;
        Version = Guid.NewGuid();
    }

    /// <summary>UUID version 7.</summary>
    public Guid Id { get; private set; }

    /// <summary>The organization that asks.</summary>
    public Guid OrganizationId { get; private set; }

    /// <summary>Who asks for it.</summary>
    public Guid RequestedBy { get; private set; }

    /// <summary>The address at that time.</summary>
    public string RequestedByName { get; private set; } = "";

    /// <summary>The allowance asked for, the Default Project included.</summary>
    public int Projects { get; private set; }

    /// <summary>Why, possibly empty.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>When, UTC.</summary>
    public DateTime RequestedUtc { get; private set; }

    /// <summary>What became of it.</summary>
    public RequestState State { get; private set; }

    /// <summary>The administrator's words, possibly empty.</summary>
    public string Answer { get; private set; } = "";

    /// <summary>When it was answered, UTC.</summary>
    public DateTime? AnsweredUtc { get; private set; }

    /// <summary>The edit token.</summary>
    public Guid Version { get; private set; }

    /// <summary>Answers it, once.</summary>
    public void Close(RequestState state, string answer, DateTime nowUtc)
    {
        State = state;
        Answer = answer;
        AnsweredUtc = nowUtc;
        Version = Guid.NewGuid();
    }
}
