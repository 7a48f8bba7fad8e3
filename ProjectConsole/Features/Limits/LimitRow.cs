using ProjectConsole.Domain.Limits;

namespace ProjectConsole.Features.Limits;

/// <summary>The limits of a place.</summary>
/// <param name="Rows">One for each metric, in the order in which they are shown.</param>
/// <param name="MaySet">Whether the person may set them.</param>
public sealed record LimitList(IReadOnlyList<LimitRow> Rows, bool MaySet);

/// <summary>The limit of one metric at a place.</summary>
/// <param name="Metric">Name of the metric.</param>
/// <param name="Title">Its title.</param>
/// <param name="Unit">Written after amounts; empty where things are counted.</param>
/// <param name="Group">Under which heading it is shown.</param>
public sealed record LimitRow(string Metric, string Title, string Unit, string Group)
{
    /// <summary>How much is used; null at a place that uses nothing itself.</summary>
    public long? Used { get; init; }

    /// <summary>The limit in force; null for none.</summary>
    public long? Amount { get; init; }

    /// <summary>Whose limit is in force.</summary>
    public LimitScope SetBy { get; init; }

    /// <summary>Who set the limit in force, by address; null where nobody did.</summary>
    public string? SetByName { get; init; }

    /// <summary>When, UTC.</summary>
    public DateTime? SetUtc { get; init; }

    /// <summary>What is set at this place itself; null for nothing.</summary>
    public long? Own { get; init; }

    /// <summary>The most that may be set at this place; null for any amount.</summary>
    public long? Most { get; init; }

    /// <summary>Whose limit the most is.</summary>
    public LimitScope MostBy { get; init; }

    /// <summary>Whether so much is used that the limit is nearly or wholly reached.</summary>
    public bool IsNear => LimitInForce.IsNear(Used, Amount);

    /// <summary>An amount with the unit.</summary>
    public string Text(long amount) => new Metric(Metric, Title, Unit).Text(amount);
}

/// <summary>A limit as it was typed.</summary>
/// <param name="Metric">Name of the metric.</param>
/// <param name="Amount">The most; null to set none here, so that the one above counts.</param>
/// <param name="Seen">What was set here when the person read it.</param>
/// <param name="IsOver">Whether to save over what somebody else set meanwhile.</param>
public sealed record LimitDraft(string Metric, long? Amount, long? Seen, bool IsOver = false);
