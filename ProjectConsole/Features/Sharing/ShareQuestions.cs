using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Resources;
using Radzen;

namespace ProjectConsole.Features.Sharing;

/// <summary>What is asked before a share ends, on whichever page that is.</summary>
public static class ShareQuestions
{
    /// <summary>Asks whether a share is to end; true when that was chosen.</summary>
    public static Task<bool> AskToEndAsync(this DialogService dialogs, ShareRow share, bool isGiven) =>
        dialogs.AskAsync($"End the share of {share.Name}?", Effect(share, isGiven), "End share", isDanger: true);

    private static string Effect(ShareRow share, bool isGiven) => (isGiven, share.State) switch
    {
        (false, _) => "This project loses it at once. What names it here cannot be started again with it.",
        (true, ShareState.Pending) => $"It is no longer offered to {share.OtherSide}.",
        _ => $"It is taken from {share.OtherSide} at once. What names it there keeps running and cannot be started again with it.",
    };
}
