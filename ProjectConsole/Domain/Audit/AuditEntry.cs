using ProjectConsole.Shared;

namespace ProjectConsole.Domain.Audit;

/// <summary>Who acts.</summary>
public enum AuditActorKind
{
    /// <summary>A signed-in person.</summary>
    Person,

    /// <summary>The program itself: sample data, background work.</summary>
    System,

    /// <summary>Nobody signed in.</summary>
    Anonymous,

    /// <summary>The key of a project.</summary>
    Key,
}

/// <summary>Whether what was tried was done.</summary>
public enum AuditResult
{
    /// <summary>It was done.</summary>
    Done,

    /// <summary>It was refused; nothing changed.</summary>
    Denied,
}

/// <summary>
/// One act, written in the transaction that did it, or one denied attempt. Holds names as they were then, and no secrets.
/// </summary>
public sealed class AuditEntry
{
    /// <summary>The most characters of <see cref="Before"/> and of <see cref="After"/>; more is cut, and the fingerprint of the whole follows.</summary>
    public const int LongestState = 4000;

    /// <summary>The most characters of names, addresses and reasons.</summary>
    public const int LongestName = 256;

    private AuditEntry()
    {
    }

    /// <summary>Writes an entry; texts over their size are cut.</summary>
    public AuditEntry(AuditContext context, string action, AuditObject what, AuditResult result)
    {
        OrganizationId = context.OrganizationId;
        ProjectId = context.ProjectId;
        WhenUtc = context.WhenUtc;
        ActorKind = context.ActorKind;
        ActorId = context.ActorId;
        ActorName = Cut(context.ActorName, LongestName);
        ActorThrough = Cut(context.Through, LongestName);
        Address = Cut(context.Address, 64);
        RequestId = Cut(context.RequestId, 64);
        Action = action;
        ObjectKind = what.Kind;
        ObjectId = what.Id;
        ObjectName = Cut(what.Name, LongestName);
        Result = result;
        Count = 1;
    }

    /// <summary>Order of writing; assigned by the database.</summary>
    public long Id { get; private set; }

    /// <summary>The organization; null for what belongs to the installation, account events among it.</summary>
    public Guid? OrganizationId { get; private set; }

    /// <summary>The project, where it happened in one.</summary>
    public Guid? ProjectId { get; private set; }

    /// <summary>When, UTC.</summary>
    public DateTime WhenUtc { get; private set; }

    /// <summary>Who, by kind.</summary>
    public AuditActorKind ActorKind { get; private set; }

    /// <summary>Who; null for nobody and for the system.</summary>
    public Guid? ActorId { get; private set; }

    /// <summary>The actor's address at that time.</summary>
    public string ActorName { get; private set; } = "";

    /// <summary>Through what it was done where that is no session: <c>token nightly</c>; empty otherwise.</summary>
    public string ActorThrough { get; private set; } = "";

    /// <summary>Past tense: <c>project.collaborator.removed</c>. A denied attempt carries the action that it aimed at.</summary>
    public string Action { get; private set; } = "";

    /// <summary>What kind of thing it was done to.</summary>
    public string ObjectKind { get; private set; } = "";

    /// <summary>The thing.</summary>
    public Guid? ObjectId { get; private set; }

    /// <summary>Its name at that time.</summary>
    public string ObjectName { get; private set; } = "";

    /// <summary>Done or denied.</summary>
    public AuditResult Result { get; private set; }

    /// <summary>Why it was denied; empty when it was done.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>The state before, as JSON; null where there was none.</summary>
    public string? Before { get; private set; }

    /// <summary>The state after, as JSON; null where there is none.</summary>
    public string? After { get; private set; }

    /// <summary>From where, as seen by the server.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The request or circuit in which it happened.</summary>
    public string RequestId { get; private set; } = "";

    /// <summary>How many equal denied attempts within a minute this entry stands for.</summary>
    public int Count { get; private set; }

    /// <summary>Number in the organization's sealed chain; null until it is sealed.</summary>
    public long? SealNumber { get; private set; }

    /// <summary>Hash in the organization's sealed chain; null until it is sealed.</summary>
    public string? SealHash { get; private set; }

    /// <summary>Puts it into its chain; from then on nothing of it changes.</summary>
    internal void Seal(long number, string hash) => (SealNumber, SealHash) = (number, hash);

    /// <summary>Adds the states before and after, as JSON.</summary>
    public AuditEntry With(string? before, string? after)
    {
        Before = before is null ? null : CutState(before);
        After = after is null ? null : CutState(after);
        return this;
    }

    /// <summary>Adds the reason of a denial and how often it happened.</summary>
    public AuditEntry Because(string reason, int count)
    {
        Reason = Cut(reason, 1000);
        Count = count;
        return this;
    }

    // Two states that differ only behind the cut must not read alike.
    private static string CutState(string text) =>
        text.Length <= LongestState ? text : $"{text.AsSpan(0, LongestState - 1 - Fingerprint.Length)}…{Fingerprint.Of(text)}";

    private static string Cut(string text, int longest) => text.Length <= longest ? text : string.Concat(text.AsSpan(0, longest - 1), "…");
}

/// <summary>Where, when and by whom something was tried.</summary>
public sealed record AuditContext(
    Guid? OrganizationId, Guid? ProjectId, DateTime WhenUtc, AuditActorKind ActorKind, Guid? ActorId, string ActorName, string Address, string RequestId)
{
    /// <summary>Through what the actor acts where that is no session; empty otherwise.</summary>
    public string Through { get; init; } = "";
}

/// <summary>What something was done to, with its name at that time.</summary>
/// <param name="Kind">"project", "collaborator", "member", ...</param>
/// <param name="Id">The thing; null where it has none.</param>
/// <param name="Name">Its name for people.</param>
public sealed record AuditObject(string Kind, Guid? Id, string Name);
