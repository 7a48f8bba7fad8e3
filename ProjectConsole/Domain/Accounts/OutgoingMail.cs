namespace ProjectConsole.Domain.Accounts;

/// <summary>A mail that waits to be sent. It is written with the command that causes it, so that neither goes without the other.</summary>
public sealed class OutgoingMail
{
    private OutgoingMail()
    {
    }

    /// <summary>A mail to one address.</summary>
    public OutgoingMail(string to, string subject, string body, DateTime nowUtc)
    {
        (To, Subject, Body) = (to, subject, body);
        (CreatedUtc, NextUtc) = (nowUtc, nowUtc);
    }

    /// <summary>Order of writing.</summary>
    public long Id { get; private set; }

    /// <summary>The address.</summary>
    public string To { get; private set; } = "";

    /// <summary>One line.</summary>
    public string Subject { get; private set; } = "";

    /// <summary>Plain text. Links in it are secrets: it is emptied once it was sent.</summary>
    public string Body { get; private set; } = "";

    /// <summary>When it was written, UTC.</summary>
    public DateTime CreatedUtc { get; private set; }

    /// <summary>When it is tried next, UTC; null once it was sent or given up.</summary>
    public DateTime? NextUtc { get; private set; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; private set; }

    /// <summary>When it was sent, UTC; null where it was not.</summary>
    public DateTime? SentUtc { get; private set; }

    /// <summary>Keeps it until a moment.</summary>
    public OutgoingMail NotBefore(DateTime nextUtc)
    {
        NextUtc = nextUtc;
        return this;
    }

    /// <summary>Says something newer instead, while it waits.</summary>
    public void Rewrite(string body) => Body = body;

    /// <summary>Notes that it was sent.</summary>
    public void Sent(DateTime nowUtc) => (SentUtc, NextUtc, Body, Attempts) = (nowUtc, null, "", Attempts + 1);

    /// <summary>Notes that it failed.</summary>
    /// <param name="nextUtc">When it is tried again; null to give up.</param>
    public void Failed(DateTime? nextUtc) => (NextUtc, Attempts, Body) = (nextUtc, Attempts + 1, nextUtc is null ? "" : Body);
}
