using Microsoft.AspNetCore.Components;
using Radzen;

namespace ProjectConsole.Components.Controls;

/// <summary>Asks before an act.</summary>
public static class Confirmation
{
    /// <summary>Shows title, description and body with Cancel and the act's verb; true when the act was chosen.</summary>
    public static async Task<bool> AskAsync(
        this DialogService dialogs, string title, string description, string confirm, bool isDanger = false, RenderFragment? body = null)
    {
        var parameters = new Dictionary<string, object?>
        {
            [nameof(ConfirmDialog.Description)] = description,
            [nameof(ConfirmDialog.Confirm)] = confirm,
            [nameof(ConfirmDialog.IsDanger)] = isDanger,
            [nameof(ConfirmDialog.Body)] = body,
        };
        return await dialogs.OpenAsync<ConfirmDialog>(title, parameters, DialogLook.Question()) is true;
    }
}
