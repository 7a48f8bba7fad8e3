using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Resources;

/// <summary>The input of one field, made from its type.</summary>
public sealed partial class FieldInput
{
    private readonly string _errorId = ControlIds.Next("field-error");
    private readonly string _offeredId = ControlIds.Next("offered");

    /// <summary>What is typed; it is changed in place.</summary>
    [Parameter, EditorRequired]
    public required FieldDraft Draft { get; set; }

    /// <summary>Its name in errors.</summary>
    [Parameter, EditorRequired]
    public required string At { get; set; }

    /// <summary>Whether it stays as it was made.</summary>
    [Parameter]
    public bool IsKept { get; set; }

    /// <summary>Title of the reference that says it; null where the person says it.</summary>
    [Parameter]
    public string? SaidBy { get; set; }

    /// <summary>Values that another field's resource offers.</summary>
    [Parameter]
    public IReadOnlyList<string> Offered { get; set; } = [];

    /// <summary>A reference was typed: it may say other fields, and what is offered may have changed.</summary>
    [Parameter]
    public EventCallback OnTyped { get; set; }

    /// <summary>What references may name.</summary>
    [CascadingParameter]
    public ReferenceChoices? Choices { get; set; }

    /// <summary>What is wrong.</summary>
    [CascadingParameter]
    public Invalid? Errors { get; set; }

    private ResourceField Field => Draft.Field;

    private string? Error => Errors?.For(At);

    private bool IsReadOnly => IsKept || SaidBy is not null;

    private bool IsNarrow => Field.Type is FieldType.Number or FieldType.Choice;

    private string? Help => SaidBy is not null ? $"{SaidBy} says it."
        : IsKept ? "It stays as it was made."
        : SpecText.Help(Field);

    private string? Note => Field.Type == FieldType.Secret ? (Draft.IsSet ? "set" : "not set") : null;

    private async Task SearchAsync()
    {
        if (Choices is not null)
        {
            await Choices.SearchAsync(Field, Draft.Text);
        }

        await OnTyped.InvokeAsync();
    }
}
