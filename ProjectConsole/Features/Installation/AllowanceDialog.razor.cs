using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Installation;

/// <summary>Sets the allowance of an organization.</summary>
public sealed partial class AllowanceDialog
{
    private string _typed = "";
    private bool _busy;
    private Error? _error;

    /// <summary>The organization as listed.</summary>
    [Parameter, EditorRequired]
    public required InstallationOrganization Row { get; set; }

    [Inject]
    public required InstallationOrganizations Organizations { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    private Invalid? Errors => _error as Invalid;

    protected override void OnInitialized() => _typed = Row.Allowance?.ToString(CultureInfo.InvariantCulture) ?? "";

    private async Task SaveAsync()
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            var errors = new List<FieldError>();
            var projects = WholeNumber.Read(_typed, "Allowance", errors);
            _error = errors.Count > 0
                ? new Invalid(errors)
                : (await Organizations.SetAllowanceAsync(await CurrentActor.GetAsync(), Row.Id, projects)).Error;
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
