namespace ProjectConsole.Shared;

/// <summary>One page of a list that is sorted and filtered by the database.</summary>
/// <param name="Rows">The rows of this page.</param>
/// <param name="Total">How many rows match in all.</param>
/// <param name="Number">This page's number, from 1.</param>
/// <param name="Size">The most rows of a page.</param>
public sealed record Page<T>(IReadOnlyList<T> Rows, int Total, int Number, int Size)
{
    /// <summary>Counting stopped at <see cref="Total"/>: there are more.</summary>
    public bool IsCapped { get; init; }

    /// <summary>How many pages there are, at least 1.</summary>
    public int Count => Math.Max(1, (Total + Size - 1) / Size);
}

/// <summary>Which page of a list is asked for.</summary>
public readonly record struct PageRequest
{
    /// <summary>The sizes that a person can pick.</summary>
    public static readonly IReadOnlyList<int> Sizes = [25, 50, 100];

    /// <summary>Takes whatever an address says and folds it to a number of 1 or more and a known size.</summary>
    public PageRequest(int? number, int? size)
    {
        // Far above any real list, and far below where (number - 1) * size would overflow.
        Number = Math.Clamp(number ?? 1, 1, 1_000_000);
        Size = size is { } asked && Sizes.Contains(asked) ? asked : Sizes[0];
        Skip = (Number - 1) * Size;
    }

    /// <summary>The page's number, from 1.</summary>
    public int Number { get; private init; }

    /// <summary>Rows per page; for people one of <see cref="Sizes"/>.</summary>
    public int Size { get; private init; }

    /// <summary>Rows before this page.</summary>
    public int Skip { get; private init; }

    /// <summary>Rows anywhere in the list, for programs.</summary>
    public static PageRequest Slice(int skip, int take) => new() { Number = skip / take + 1, Size = take, Skip = skip };
}
