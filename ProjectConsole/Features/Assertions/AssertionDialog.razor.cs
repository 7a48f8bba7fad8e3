using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Access;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Assertions;

/// <summary>Puts an assertion together and shows, before it is written, what it says and who breaks it already.</summary>
public sealed partial class AssertionDialog
{
    private static readonly IReadOnlyList<RadioCard<AssertionForm>> Forms =
    [
        new(AssertionForm.Nobody, "Nobody", "may hold the permission"),
        new(AssertionForm.Only, "Only a team or a role", "may hold the permission"),
        new(AssertionForm.NotExternal, "External collaborators never", "hold the permission"),
    ];

    private AssertionForm _form = AssertionForm.NotExternal;
    private Permission _permission = PermissionCatalogue.Get("secrets.view");
    private string _only = "";
    private string _project = "";
    private string _reason = "";
    private bool _busy;
    private Error? _error;
    private AssertionPreview? _preview;
    private AssertionChoices _choices = new([], []);

    /// <summary>The organization.</summary>
    [Parameter, EditorRequired]
    public required OrganizationAccess Access { get; set; }

    [Inject]
    public required AssertionsService Assertions { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    private NewAssertion Typed => new(_form, _permission.Name, _project, _form == AssertionForm.Only ? _only : null, _reason);

    protected override async Task OnInitializedAsync()
    {
        var offered = await Assertions.ChoicesAsync(await CurrentActor.GetAsync(), Access.Id);
        (_choices, _error) = (offered.Succeeded ? offered.Value : _choices, offered.Error);
        await CheckAsync();
    }

    private string? For(string field) => (_error as Invalid)?.For(field);

    private async Task SetAsync(Action change)
    {
        change();
        await CheckAsync();
    }

    private async Task CheckAsync()
    {
        // What nobody has chosen yet is not wrong yet.
        if (_form == AssertionForm.Only && _only == "")
        {
            (_preview, _error) = (null, null);
            return;
        }

        var typed = Typed;
        var result = await Assertions.PreviewAsync(await CurrentActor.GetAsync(), Access.Id, typed);
        if (typed == Typed)
        {
            (_preview, _error) = (result.Succeeded ? result.Value : null, result.Error);
        }
    }

    private async Task SaveAsync()
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            _error = (await Assertions.CreateAsync(await CurrentActor.GetAsync(), Access.Id, Typed)).Error;
            if (_error is null)
            {
                Dialogs.Close(true);
            }
        }
        finally
        {
            _busy = false;
        }
    }
}
