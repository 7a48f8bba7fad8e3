using ProjectConsole.Components.Access;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Resources;

/// <summary>Saving, and what a form says beforehand.</summary>
public sealed partial class ResourceFormSection
{
    private IEnumerable<string> Notes => Name is null ? NotesOfNew() : NotesOfChange();

    private IEnumerable<string> NotesOfNew()
    {
        yield return PlaceWords.BelongsTo(Place);
        if (Kind.Life.Initial.IsRunning)
        {
            yield return $"It starts at once: its first state is {Kind.Life.Initial.Title}.";
        }

        if (!Kind.IsOfCatalogue)
        {
            yield return $"It counts against {(Kind.Uses.Count == 0 ? "the limit" : "the limits")} of {AccessWords.List([.. Kind.Uses.Select(use => use.Metric).Prepend(Kind.Count).Distinct().Select(metric => metric.Title)])}.";
        }

        if (Kind.Fields.Any(field => field.IsFixed))
        {
            yield return $"These stay as they are made: {string.Join(", ", Kind.Fields.Where(field => field.IsFixed).Select(field => field.Title))}.";
        }
    }

    private IEnumerable<string> NotesOfChange()
    {
        yield return "The name stays, and so do the fields that are grey.";
        if (Kind.Uses.Count > 0)
        {
            yield return "Larger sizes are checked against the limits before anything is saved.";
        }

        if (Kind.Fields.Any(field => field.Type == FieldType.Secret))
        {
            yield return "A secret that is left empty is kept as it is.";
        }
    }

    private Task SaveAsync() => OnceAsync(() => SaveAsync(Detail?.Row.Version));

    private Task ReloadTheirsAsync() => OnceAsync(LoadAsync);

    // Over whatever is there by now.
    private Task SaveOverAsync() => OnceAsync(() => SaveAsync(null));

    private async Task SaveAsync(Guid? version)
    {
        var (actor, draft) = (await CurrentActor.GetAsync(), _form!.Typed());
        var error = Detail is { } detail
            ? (await Resources.ChangeAsync(actor, Place.Owner, Kind, detail.Row.Id, draft, version)).Error
            : (await Resources.CreateAsync(actor, Place.Owner, Kind, draft)).Error;
        _errors = error as Invalid ?? new Invalid([]);
        _isStale = error is Stale;
        _problem = error switch
        {
            null or Stale => null,
            // What concerns all fields together stands beside none of them.
            Invalid wrong when wrong.For("spec") is { } ofAll => ofAll,
            Invalid wrong => wrong.Fields.Count == 1 ? "One field is wrong. Nothing was saved." : $"{wrong.Fields.Count} fields are wrong. Nothing was saved.",
            _ => error.Message,
        };
        if (error is null)
        {
            // The page is on its way; a second click would make a second one.
            _isSaved = true;
            var name = Name ?? TextRules.Clean(draft.Name);
            Notifications.Notify(NotificationSeverity.Success, Detail is null ? $"{name} is made." : $"{name} is saved.");
            Navigation.NavigateTo(Place.Href(Kind, name));
        }
    }

    private async Task OnceAsync(Func<Task> act)
    {
        if (_busy || _isSaved)
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
