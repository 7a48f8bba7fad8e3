using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Controls;

namespace ProjectConsole.Components.Layout;

/// <summary>The menu of the person signed in. Signing out is a POST, because a link could be followed from elsewhere.</summary>
public sealed partial class AccountMenu
{
    private readonly string _id = ControlIds.Next("account-menu");

    /// <summary>The address the person is signed in with.</summary>
    [Parameter, EditorRequired]
    public required string Address { get; set; }

    /// <summary>Profile, Security, Organizations, Installation when the person administers it.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<MenuItem> Items { get; set; }

    /// <summary>Where the sign-out form is posted.</summary>
    [Parameter, EditorRequired]
    public required string SignOutAction { get; set; }

    private string FormId => $"{_id}-sign-out";
}
