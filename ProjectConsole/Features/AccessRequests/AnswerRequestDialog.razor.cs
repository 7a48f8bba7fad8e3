using Microsoft.AspNetCore.Components;
using ProjectConsole.Domain.Access;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.AccessRequests;

/// <summary>Answers one request: with a role and a time, after showing what that changes, or with no.</summary>
public sealed partial class AnswerRequestDialog
{
    private string? _role;
    private int? _hours;
    private string _words = "";
    private bool _busy;
    private Error? _error;
    private AccessChange? _preview;

    /// <summary>The project.</summary>
    [Parameter, EditorRequired]
    public required ProjectAccess Project { get; set; }

    /// <summary>The request.</summary>
    [Parameter, EditorRequired]
    public required AccessRequestRow Row { get; set; }

    /// <summary>The roles of the project.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<ProjectRole> Roles { get; set; }

    [Inject]
    public required AccessRequestAnswers Answers { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    private Invalid? Errors => _error as Invalid;

    private IReadOnlyList<ProjectRole> Offered => Roles.FirstOrDefault(role => role.Key == Row.RoleKey) is { } asked
        ? [.. Roles.Where(role => role.Permissions.IsSubsetOf(asked.Permissions)).Reverse()]
        : [.. Roles.Where(role => role.IsBuiltIn).Reverse()];

    protected override async Task OnInitializedAsync()
    {
        _hours = Row.Hours;
        _role = Offered.FirstOrDefault(role => role.Key == Row.RoleKey)?.Key ?? Offered[^1].Key;
        await PreviewAsync();
    }

    private async Task ChangeAsync(Action change)
    {
        change();
        await PreviewAsync();
    }

    private async Task PreviewAsync()
    {
        var (asked, actor) = (Typed(), await CurrentActor.GetAsync());
        var result = await Answers.GrantAsync(actor with { DryRun = true }, Project.Scope, Row.Id, asked);
        if (asked with { Words = _words } == Typed())
        {
            (_preview, _error) = (result.Succeeded ? result.Value : null, result.Error);
        }
    }

    private GrantedRequest Typed() => new(_role, _hours, _words);

    private Task GrantAsync() => AnswerAsync(async actor => (await Answers.GrantAsync(actor, Project.Scope, Row.Id, Typed())).Error, $"{Row.Email} has access to {Project.Project.Name} now.");

    private Task DeclineAsync() => AnswerAsync(async actor => (await Answers.DeclineAsync(actor, Project.Scope, Row.Id, _words)).Error, $"The request of {Row.Email} was declined.");

    private async Task AnswerAsync(Func<Actor, Task<Error?>> act, string done)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            _error = await act(await CurrentActor.GetAsync());
            if (_error is null)
            {
                Dialogs.Close(done);
            }
        }
        finally
        {
            _busy = false;
        }
    }
}
