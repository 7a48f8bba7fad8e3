using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Limits;

/// <summary>Sets or clears one limit.</summary>
public sealed partial class LimitDialog
{
    private string _amount = "";
    private bool _busy;
    private Error? _error;

    /// <summary>Where it is set.</summary>
    [Parameter, EditorRequired]
    public required LimitPlace Place { get; set; }

    /// <summary>The limit as it was read.</summary>
    [Parameter, EditorRequired]
    public required LimitRow Row { get; set; }

    [Inject]
    public required LimitsService Limits { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    [Inject]
    public required NotificationService Notifications { get; init; }

    private bool IsBelowUse => WholeNumber.Read(_amount, nameof(LimitDraft.Amount), []) is { } amount && amount >= 0 && amount < Row.Used;

    protected override void OnInitialized() => _amount = Row.Own?.ToString(CultureInfo.InvariantCulture) ?? "";

    private async Task SaveAsync(bool isOver)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            var errors = new List<FieldError>();
            long? amount = WholeNumber.Read(_amount, nameof(LimitDraft.Amount), errors);
            if (errors.Count > 0)
            {
                _error = new Invalid(errors);
                return;
            }

            var result = await Limits.SetAsync(await CurrentActor.GetAsync(), Place, new LimitDraft(Row.Metric, amount, Row.Own, isOver));
            _error = result.Error;
            if (result.Succeeded)
            {
                Notifications.Notify(NotificationSeverity.Success, amount is { } set ? $"{Row.Title}: limit set to {Row.Text(set)}." : $"{Row.Title}: no limit set here.");
                Dialogs.Close(true);
            }
        }
        finally
        {
            _busy = false;
        }
    }
}
