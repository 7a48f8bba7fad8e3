using Microsoft.AspNetCore.Components;

namespace ProjectConsole.Components.Controls;

/// <summary>The foot of a numbered list: where one is, and links to the other pages.</summary>
public sealed partial class ListPager
{
    private static readonly int[] Sizes = [25, 50, 100];

    /// <summary>The page shown, from 1.</summary>
    [Parameter, EditorRequired]
    public int Page { get; set; }

    [Parameter, EditorRequired]
    public int PageSize { get; set; }

    /// <summary>How many rows there are; when <see cref="IsCapped" />, at least.</summary>
    [Parameter, EditorRequired]
    public int Total { get; set; }

    /// <summary>Counting stopped at <see cref="Total" />: shown as "1,000+", and there is no last page to go to.</summary>
    [Parameter]
    public bool IsCapped { get; set; }

    /// <summary>The address of a page.</summary>
    [Parameter, EditorRequired]
    public required Func<int, string> PageHref { get; set; }

    /// <summary>The address of the list with so many rows per page; without it the size cannot be changed.</summary>
    [Parameter]
    public Func<int, string>? SizeHref { get; set; }

    private int LastPage => Math.Max(1, (Total + PageSize - 1) / PageSize);

    private bool HasNext => IsCapped || Page < LastPage;

    private string TotalText => Numbers.Whole(Total) + (IsCapped ? "+" : null);

    private string Range
    {
        get
        {
            var first = Total == 0 ? 0 : ((Page - 1) * PageSize) + 1;
            var last = IsCapped ? Page * PageSize : Math.Min(Page * PageSize, Total);
            return $"{Numbers.Whole(first)}–{Numbers.Whole(last)}";
        }
    }

    private List<FilterOption> SizeOptions =>
        [.. Sizes.Select(size => new FilterOption(Numbers.Whole(size), SizeHref!(size), size == PageSize))];
}
