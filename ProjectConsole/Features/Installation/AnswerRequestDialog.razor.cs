using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Installation;

/// <summary>Approves a request for more projects with a number, or declines it with words.</summary>
public sealed partial class AnswerRequestDialog
{
    private string _projects = "";
    private string _answer = "";
    private bool _busy;
    private Error? _error;

    /// <summary>The request as listed.</summary>
    [Parameter, EditorRequired]
    public required RequestRow Row { get; set; }

    [Inject]
    public required AllowanceRequests Requests { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    private Invalid? Errors => _error as Invalid;

    protected override void OnInitialized() => _projects = Row.Request.Projects.ToString(CultureInfo.InvariantCulture);

    private Task ApproveAsync() => RunAsync(async actor =>
    {
        var errors = new List<FieldError>();
        var projects = WholeNumber.Read(_projects, "Projects", errors) ?? 0;
        return errors.Count > 0 ? new Invalid(errors) : await Requests.ApproveAsync(actor, Row.Request.Id, projects, _answer);
    });

    private Task DeclineAsync() => RunAsync(actor => Requests.DeclineAsync(actor, Row.Request.Id, _answer));

    private async Task RunAsync(Func<Actor, Task<Result>> answer)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            _error = (await answer(await CurrentActor.GetAsync())).Error;
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
