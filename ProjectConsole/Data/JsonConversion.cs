using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ProjectConsole.Data;

/// <summary>Stores lists that are never queried in SQL as one JSON text.</summary>
internal static class JsonConversion
{
    /// <summary>Maps the property to a JSON text.</summary>
    public static PropertyBuilder<IReadOnlyList<T>> HasJsonList<T>(this PropertyBuilder<IReadOnlyList<T>> property) => property.HasConversion(
        list => JsonSerializer.Serialize(list, JsonSerializerOptions.Default),
        json => JsonSerializer.Deserialize<List<T>>(json, JsonSerializerOptions.Default)!,
        new ValueComparer<IReadOnlyList<T>>(
            (x, y) => x!.SequenceEqual(y!),
            list => list.Aggregate(0, (hash, item) => HashCode.Combine(hash, item)),
            list => list.ToList()));
}
