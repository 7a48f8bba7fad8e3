using Microsoft.AspNetCore.Components;

namespace ProjectConsole.Components.Controls;

/// <summary>A few choices as cards; real radio buttons underneath.</summary>
public sealed partial class RadioCards<TValue>
{
    private readonly string _name = ControlIds.Next("choice");

    [Parameter, EditorRequired]
    public required string Legend { get; set; }

    /// <summary>A remark in the legend's line: "a hint for people; changes no rights".</summary>
    [Parameter]
    public string? Note { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<RadioCard<TValue>> Cards { get; set; }

    [Parameter]
    public TValue? Value { get; set; }

    [Parameter]
    public EventCallback<TValue> ValueChanged { get; set; }

    private bool IsChosen(RadioCard<TValue> card) => EqualityComparer<TValue>.Default.Equals(card.Value, Value);
}
