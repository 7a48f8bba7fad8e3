using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Controls;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Roles;

/// <summary>Runs a command that changes what people may do: first dry, then for real once somebody has seen and confirmed it.</summary>
public sealed class RolePreviews(DialogService dialogs)
{
    /// <summary>Carries out the command. Where nobody is concerned there is nothing to confirm.</summary>
    /// <param name="actor">Who acts.</param>
    /// <param name="title">The question.</param>
    /// <param name="confirm">The verb on the button.</param>
    /// <param name="command">The command, for the actor that it is given.</param>
    /// <param name="further">What else to show, from the answer of the dry run.</param>
    /// <param name="isDanger">Whether it destroys something.</param>
    public async Task<ConfirmedChange> ConfirmAsync(
        Actor actor, string title, string confirm, Func<Actor, Task<Result<AccessChange>>> command,
        Func<AccessChange, IReadOnlyList<string>>? further = null, bool isDanger = false)
    {
        var preview = await command(actor with { DryRun = true });
        if (!preview.Succeeded)
        {
            return new ConfirmedChange(false, preview.Error);
        }

        if (preview.Value.People.Count > 0 && !await dialogs.AskAsync(title, RolePreviewWords.Summary(preview.Value), confirm, isDanger, Body(preview.Value, further)))
        {
            return new ConfirmedChange(false, null);
        }

        var done = await command(actor);
        return new ConfirmedChange(done.Succeeded, done.Error);
    }

    private static RenderFragment Body(AccessChange change, Func<AccessChange, IReadOnlyList<string>>? further) => builder =>
    {
        builder.OpenComponent<RolePreview>(0);
        builder.AddComponentParameter(1, nameof(RolePreview.Change), change);
        builder.AddComponentParameter(2, nameof(RolePreview.Further), further?.Invoke(change) ?? []);
        builder.CloseComponent();
    };
}

/// <summary>What became of it: done, refused, or neither where the person chose otherwise.</summary>
public sealed record ConfirmedChange(bool IsDone, Error? Error);
