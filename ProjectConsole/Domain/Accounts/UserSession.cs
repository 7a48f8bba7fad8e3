namespace ProjectConsole.Domain.Accounts;

/// <summary>
/// One sign-in of a person on one device. Only acts of the person move <see cref="LastActUtc"/>:
/// a page that merely stays open does not keep its session alive.
/// </summary>
public sealed class UserSession
{
    private UserSession()
    {
    }

    /// <summary>Starts a session.</summary>
    public UserSession(Guid userId, string address, string device, DateTime nowUtc)
    {
        Id = Guid.CreateVersion7();
        UserId = userId;
        Address = address;
        Device = device;
        StartedUtc = nowUtc;
        LastActUtc = nowUtc;
    }

    /// <summary>UUID version 7; the cookie carries it.</summary>
    public Guid Id { get; private set; }

    /// <summary>Whose.</summary>
    public Guid UserId { get; private set; }

    /// <summary>From where it was started.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The browser's own description, at most 256 characters.</summary>
    public string Device { get; private set; } = "";

    /// <summary>When it started, UTC.</summary>
    public DateTime StartedUtc { get; private set; }

    /// <summary>The last act of the person, UTC.</summary>
    public DateTime LastActUtc { get; private set; }

    /// <summary>When it was ended, UTC; null while it lives.</summary>
    public DateTime? EndedUtc { get; private set; }

    /// <summary>Notes an act of the person.</summary>
    public void Act(DateTime nowUtc) => LastActUtc = nowUtc;

    /// <summary>Ends it.</summary>
    public void End(DateTime nowUtc) => EndedUtc ??= nowUtc;
}
