using Microsoft.AspNetCore.Components;

namespace ProjectConsole.Features.Account;

/// <summary>One labelled input of a static form. Passwords are not sent back to the page.</summary>
public sealed partial class AccountField
{
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>The name under which it is posted: <c>Input.Email</c>.</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    [Parameter]
    public string Type { get; set; } = "text";

    /// <summary>What was typed before.</summary>
    [Parameter]
    public string? Value { get; set; }

    /// <summary>What a password manager may fill in.</summary>
    [Parameter, EditorRequired]
    public required string Autocomplete { get; set; }

    [Parameter]
    public string? Help { get; set; }

    [Parameter]
    public string? Error { get; set; }

    [Parameter]
    public bool IsOptional { get; set; }
}
