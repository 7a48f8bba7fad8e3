using Radzen;

namespace ProjectConsole.Components.Controls;

/// <summary>How dialogs are opened, so that all of them behave alike. The focus is set by <see cref="DialogFrame" />.</summary>
public static class DialogLook
{
    /// <summary>A form of a few fields, 600 px. A click beside it does not throw away what was typed.</summary>
    public static DialogOptions Form() => new() { Width = "600px", AutoFocusFirstElement = false, CloseDialogOnOverlayClick = false };

    /// <summary>A question or a preview of an act, 600 px, without the cross: it is left by its buttons or Escape.</summary>
    public static DialogOptions Question() => new() { Width = "600px", AutoFocusFirstElement = false, ShowClose = false, CloseDialogOnOverlayClick = true };

    /// <summary>Something shown once (a new key), 640 px: it only closes by its own button.</summary>
    public static DialogOptions Once() => new() { Width = "640px", AutoFocusFirstElement = false, ShowClose = false, CloseDialogOnEsc = false, CloseDialogOnOverlayClick = false };

    /// <summary>A panel at the right, 640 px.</summary>
    public static SideDialogOptions Panel() => new() { Width = "640px", Position = DialogPosition.Right, ShowMask = true, CloseDialogOnOverlayClick = true, AutoFocusFirstElement = false };
}
