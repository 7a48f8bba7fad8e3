using ProjectConsole.Components.Controls;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Keys;

/// <summary>The dialogs of keys and tokens.</summary>
internal static class KeyDialogs
{
    /// <summary>Asks how long the former secret stays good, gives the key another one, and shows it once; answers whether that was done.</summary>
    public static async Task<bool> RotateAsync(this DialogService dialogs, string name, Func<TimeSpan, Task<Result<IssuedKey>>> rotate)
    {
        var parameters = new Dictionary<string, object?> { [nameof(RotateKeyDialog.Rotate)] = rotate };
        return await dialogs.OpenAsync<RotateKeyDialog>($"Rotate {name}", parameters, DialogLook.Once()) is true;
    }
}
