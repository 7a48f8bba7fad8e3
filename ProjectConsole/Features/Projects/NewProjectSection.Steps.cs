using ProjectConsole.Domain.Projects;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Projects;

/// <summary>The way through the steps, to the project or away.</summary>
public sealed partial class NewProjectSection
{
    private async Task GoToAsync(int step)
    {
        (_form.Step, _errors, _problem, _focus) = (step, new Invalid([]), null, true);
        await KeepAsync();
    }

    // A dry run is the creation itself, rolled back: the steps know no rule of their own.
    private Task NextAsync() => OnceAsync(async () =>
    {
        var actor = await CurrentActor.GetAsync() with { DryRun = true };
        var result = await Creation.CreateAsync(actor, Organization.Id, _form.ToDraft(withSettings: _form.Step > 1));
        if (result.Succeeded)
        {
            await GoToAsync(_form.Step + 1);
        }
        else
        {
            await ShowAsync(result.Error);
        }
    });

    private Task CreateAsync() => OnceAsync(async () =>
    {
        var actor = await CurrentActor.GetAsync() with { IdempotencyKey = _form.Key };
        var result = await Creation.CreateAsync(actor, Organization.Id, _form.ToDraft(withSettings: true));
        if (!result.Succeeded)
        {
            await ShowAsync(result.Error);
            return;
        }

        await Drafts.RemoveAsync(Slug);
        Notifications.Notify(NotificationSeverity.Success, $"{result.Value.Name} is created. You are its Admin.");
        Navigation.NavigateTo(ConsoleUrls.Project(Slug, result.Value.Slug));
    });

    private async Task CancelAsync()
    {
        await Drafts.RemoveAsync(Slug);
        Navigation.NavigateTo(ConsoleUrls.Projects(Slug));
    }

    private async Task ShowAsync(Error error)
    {
        var errors = error as Invalid ?? (error is SlugTaken ? new Invalid(ProjectDraft.ProjectId, error.Message) : new Invalid([]));
        // Somebody may have taken the ID since the first step: the error is shown where its field is.
        var step = errors.Fields.Count == 0 ? _form.Step : errors.Fields.Any(field => NewProjectSettings.Holds(field.Field)) ? 2 : 1;
        if (step != _form.Step)
        {
            await GoToAsync(step);
        }

        (_errors, _problem) = (errors, errors.Fields.Count == 0 ? error.Message : null);
    }

    private async Task OnceAsync(Func<Task> act)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            await act();
        }
        finally
        {
            _busy = false;
        }
    }
}
