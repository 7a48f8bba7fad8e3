using Microsoft.AspNetCore.Components;

namespace ProjectConsole.Components.Controls;

/// <summary>Label above an input, help and error below it, tied together for those who listen.</summary>
public sealed partial class FieldFrame
{
    private readonly string _id = ControlIds.Next("field");

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>The input; <c>field.Attributes</c> goes on it.</summary>
    [Parameter, EditorRequired]
    public required RenderFragment<FieldContext> ChildContent { get; set; }

    /// <summary>What is expected, always visible.</summary>
    [Parameter]
    public string? Help { get; set; }

    /// <summary>What is wrong, and with it the field is marked.</summary>
    [Parameter]
    public string? Error { get; set; }

    /// <summary>What was checked and is right: "Free in acme".</summary>
    [Parameter]
    public string? Good { get; set; }

    /// <summary>Marks the field as optional; required fields carry no mark.</summary>
    [Parameter]
    public bool IsOptional { get; set; }

    /// <summary>Another remark in the label's line, in place of "optional".</summary>
    [Parameter]
    public string? LabelNote { get; set; }

    /// <summary>The id of the input, when something else must know it.</summary>
    [Parameter]
    public string? InputId { get; set; }

    private string Id => InputId ?? _id;

    private string LabelId => $"{Id}-label";

    private string HelpId => $"{Id}-help";

    private string ErrorId => $"{Id}-error";

    private string GoodId => $"{Id}-good";

    private string? OptionalText => LabelNote ?? (IsOptional ? "optional" : null);

    private FieldContext Field => new(Id, LabelId, DescribedBy, Error is not null, !IsOptional);

    private string? DescribedBy
    {
        get
        {
            string?[] ids = [Error is null ? null : ErrorId, Error is null && Good is not null ? GoodId : null, Help is null ? null : HelpId];
            var present = string.Join(' ', ids.Where(id => id is not null));
            return present.Length == 0 ? null : present;
        }
    }
}
