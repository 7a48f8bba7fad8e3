using System.Globalization;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Audit;

/// <summary>Which entries are asked for. Everything comes from an address, so anything may stand in it.</summary>
public sealed record AuditQuery
{
    /// <summary>Start of the actor's address.</summary>
    public string? Actor { get; init; }

    /// <summary>A stored action.</summary>
    public string? Action { get; init; }

    /// <summary>Part of the object's name as it was written: capitals and accents count, on every database alike.</summary>
    public string? ObjectName { get; init; }

    /// <summary>The very thing, whatever it was called; a thing of the same name is another one.</summary>
    public Guid? ObjectId { get; init; }

    /// <summary>Only what belongs to no project: an organization's log has that of its projects too, and much more of it.</summary>
    public bool IsOutsideProjects { get; init; }

    /// <summary>Done or denied.</summary>
    public AuditResult? Result { get; init; }

    /// <summary>First day, UTC.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day, UTC.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Entries before this one.</summary>
    public long? Older { get; init; }

    /// <summary>Entries after this one.</summary>
    public long? Newer { get; init; }

    /// <summary>The most entries of a page.</summary>
    public int Size { get; init; } = AuditService.PageSize;

    /// <summary>How many filters are set.</summary>
    public int Filters =>
        (string.IsNullOrEmpty(Actor) ? 0 : 1) + (string.IsNullOrEmpty(Action) ? 0 : 1) + (string.IsNullOrEmpty(ObjectName) ? 0 : 1)
        + (Result is null ? 0 : 1) + (From is null ? 0 : 1) + (To is null ? 0 : 1);

    /// <summary>The same filters, from the newest entry.</summary>
    public AuditQuery FromStart => this with { Older = null, Newer = null };

    /// <summary>A day as addresses and date fields write it.</summary>
    public static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Reads such a day; null for anything else.</summary>
    public static DateOnly? ReadDay(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>The address of this query on a page.</summary>
    public string Href(string page) => ConsoleUrls.WithQuery(
        page,
        ("actor", Actor), ("action", Action), ("object", ObjectName), ("result", Result?.ToString().ToLowerInvariant()),
        ("from", Day(From)), ("to", Day(To)), ("older", Older), ("newer", Newer));
}
