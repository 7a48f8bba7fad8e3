using Microsoft.AspNetCore.Components;
using Radzen;

namespace ProjectConsole.Components.Controls;

/// <summary>A question before an act; opened by <see cref="Confirmation.AskAsync" />. Cancel has the focus.</summary>
public sealed partial class ConfirmDialog
{
    [Inject]
    public required DialogService Dialogs { get; init; }

    [Parameter]
    public string? Description { get; set; }

    /// <summary>The verb that names the act: Revoke, Remove, Suspend.</summary>
    [Parameter, EditorRequired]
    public required string Confirm { get; set; }

    [Parameter]
    public RenderFragment? Body { get; set; }

    [Parameter]
    public bool IsDanger { get; set; }
}
