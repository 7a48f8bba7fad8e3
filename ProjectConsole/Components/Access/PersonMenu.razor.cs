using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Controls;

namespace ProjectConsole.Components.Access;

/// <summary>The account menu of whoever is signed in; nothing for nobody.</summary>
public sealed partial class PersonMenu
{
    private readonly string _id = ControlIds.Next("account-menu");
    private PersonMenuContent? _menu;

    [Inject]
    public required ScopeSwitchers Switchers { get; init; }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync() => _menu = await Switchers.MenuAsync();
}
