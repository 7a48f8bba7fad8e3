using Microsoft.AspNetCore.Components;

namespace ProjectConsole.Components.Controls;

/// <summary>A filter of a list whose state is in the address: options are links, and removing it is a link beside the opener.</summary>
public sealed partial class FilterChip
{
    private readonly string _id = ControlIds.Next("filter");

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>What is chosen, in words ("Active, Suspended"); nothing when the filter is not set.</summary>
    [Parameter]
    public string? Value { get; set; }

    /// <summary>The choices. Without them the chip is a switch: a link to <see cref="Href" />.</summary>
    [Parameter]
    public IReadOnlyList<FilterOption>? Options { get; set; }

    /// <summary>Several choices may hold at once; the menu stays open.</summary>
    [Parameter]
    public bool IsMultiple { get; set; }

    /// <summary>The list without this filter.</summary>
    [Parameter]
    public string? RemoveHref { get; set; }

    /// <summary>Of a switch: the list with the filter turned over.</summary>
    [Parameter]
    public string? Href { get; set; }

    /// <summary>Of a switch: whether it is on.</summary>
    [Parameter]
    public bool IsOn { get; set; }

    /// <summary>Of a switch: how many rows it leaves.</summary>
    [Parameter]
    public int? Count { get; set; }

    private bool IsSet => IsOn || !string.IsNullOrEmpty(Value);

    private RenderFragment? CountText => Count is not { } count ? null : builder =>
    {
        builder.AddContent(0, " ");
        builder.OpenElement(1, "b");
        builder.AddContent(2, Numbers.Whole(count));
        builder.CloseElement();
    };
}
