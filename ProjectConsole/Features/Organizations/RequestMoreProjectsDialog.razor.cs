using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Controls;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Organizations;

/// <summary>Asks the administrator of the installation for more projects, or shows the request that waits.</summary>
public sealed partial class RequestMoreProjectsDialog
{
    private string _projects = "";
    private string _reason = "";
    private bool _busy;
    private Error? _error;
    private AllowanceView? _view;

    /// <summary>The organization.</summary>
    [Parameter, EditorRequired]
    public required OrganizationAccess Access { get; set; }

    [Inject]
    public required AllowanceService Allowances { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    [Inject]
    public required NotificationService Notifications { get; init; }

    private Invalid? Errors => _error as Invalid;

    private bool CanAsk => _view is { Pending: null, Allowance: not null };

    protected override async Task OnInitializedAsync()
    {
        var result = await Allowances.GetAsync(await CurrentActor.GetAsync(), Access.Id);
        (_view, _error) = (result.Succeeded ? result.Value : null, result.Error);
    }

    private static string UsedText(AllowanceView view) => view.Allowance is { } allowance
        ? $"Your organization uses {Numbers.Whole(view.Used)} of {Numbers.Whole(allowance)} projects."
        : "Your organization has no limit on its number of projects, so there is nothing to ask for.";

    private async Task SendAsync()
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            var errors = new List<FieldError>();
            var projects = WholeNumber.Read(_projects, nameof(MoreProjects.Projects), errors) ?? 0;
            if (errors.Count > 0)
            {
                _error = new Invalid(errors);
                return;
            }

            var result = await Allowances.RequestAsync(await CurrentActor.GetAsync(), Access.Id, new MoreProjects(projects, _reason));
            _error = result.Error;
            if (result.Succeeded)
            {
                Notifications.Notify(NotificationSeverity.Success, "Request sent.");
                Dialogs.Close(true);
            }
        }
        finally
        {
            _busy = false;
        }
    }
}
