using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ProjectConsole.Data;

/// <summary>
/// Cuts times to microseconds, which is what PostgreSQL keeps, so that a time compares equal after a round trip on every
/// database; refuses a time that is not UTC on writing and marks it as UTC on reading.
/// </summary>
public sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(time => ToStored(time), stored => DateTime.SpecifyKind(stored, DateTimeKind.Utc))
{
    /// <summary>The time as it is stored, for statements that EF Core does not convert.</summary>
    /// <exception cref="InvalidOperationException">It is not UTC.</exception>
    internal static DateTime ToStored(DateTime time) => time.Kind == DateTimeKind.Utc
        ? new DateTime(time.Ticks - (time.Ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc)
        : throw new InvalidOperationException($"Times are stored in UTC, and {time:O} is {time.Kind}.");
}
