using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Resources;

namespace ProjectConsole.Features.Resources;

/// <summary>Resources of one kind as rows, with the columns of the kind.</summary>
public sealed partial class ResourceTable
{
    private const int MostColumns = 3;

    private IReadOnlyList<(ResourceRow Row, ResourceSpec Spec)> _rows = [];

    /// <summary>Of which kind.</summary>
    [Parameter, EditorRequired]
    public required ResourceKind Kind { get; set; }

    /// <summary>What to show; null while it loads for the first time.</summary>
    [Parameter, EditorRequired]
    public ResourceList? List { get; set; }

    /// <summary>What was asked for.</summary>
    [Parameter, EditorRequired]
    public required ResourceQuery Query { get; set; }

    /// <summary>The address of another query.</summary>
    [Parameter, EditorRequired]
    public required Func<ResourceQuery, string> Href { get; set; }

    /// <summary>The address of a resource.</summary>
    [Parameter, EditorRequired]
    public required Func<ResourceRow, string> RowHref { get; set; }

    /// <summary>The address of one that is shared.</summary>
    [Parameter, EditorRequired]
    public required Func<SharedResource, string> SharedHref { get; set; }

    /// <summary>Another list is on its way.</summary>
    [Parameter]
    public bool IsBusy { get; set; }

    /// <summary>Now, read once for all rows.</summary>
    [Parameter, EditorRequired]
    public DateTime NowUtc { get; set; }

    /// <summary>Which rows are picked.</summary>
    [Parameter]
    public IReadOnlySet<Guid> Picked { get; set; } = new HashSet<Guid>();

    /// <summary>A row was picked or not any more.</summary>
    [Parameter]
    public EventCallback<(Guid Id, bool IsPicked)> OnPick { get; set; }

    /// <summary>Every row of the page was.</summary>
    [Parameter]
    public EventCallback<bool> OnPickPage { get; set; }

    /// <summary>The menu of a row is wanted.</summary>
    [Parameter]
    public EventCallback<ResourceRow> OnMenu { get; set; }

    private IReadOnlyList<ResourceField> Columns { get; set; } = [];

    // Whoever may only look is offered nothing that would lead nowhere.
    private bool HasMenus => List?.Page.Rows.Any(row => row.Acts is { MayUpdate: true } or { MayOperate: true } or { MayDelete: true }) is true;

    private int ColumnCount => Columns.Count + 5 + (MayPick ? 1 : 0) + (HasMenus ? 1 : 0);

    private bool MayPick => List?.Page.Rows.Any(IsPickable) is true;

    private bool IsPagePicked => List!.Page.Rows.Where(IsPickable).All(row => Picked.Contains(row.Id));

    /// <summary>Whether something can be done to the row together with others.</summary>
    public static bool IsPickable(ResourceRow row) => row.Acts.MayOperate || row.Acts.MayDelete;

    protected override void OnParametersSet()
    {
        Columns = [.. Kind.WithAppTypes(List?.AppTypes).Columns.Take(MostColumns)];
        _rows = [.. (List?.Page.Rows ?? []).Select(row => (row, row.ReadSpec()))];
    }

    private RenderFragment State(ResourceRow row)
    {
        var state = Kind.Life.Of(row.State);
        return Marks.State(state.Title, SpecText.Tone(state));
    }

    private static string WidthOf(ResourceField column) => column.Type == FieldType.Number ? "112px" : "14%";

    private static string ShortName(string address) => address.Split('@')[0];

    private string SortHref(ResourceSort sort) => Href(Query with { Sort = sort, IsReversed = Query.Sort == sort && !Query.IsReversed });

    // Times begin with the newest.
    private SortDirection Direction(ResourceSort sort) => Query.Sort != sort ? SortDirection.None
        : Query.IsReversed == sort is ResourceSort.Created or ResourceSort.LastUsed ? SortDirection.Ascending
        : SortDirection.Descending;
}
