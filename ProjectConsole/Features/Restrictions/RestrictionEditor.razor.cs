using Microsoft.AspNetCore.Components;
using ProjectConsole.Domain.Access;
using ProjectConsole.Features.Roles;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Restrictions;

/// <summary>One restriction: to read, to change or to make.</summary>
public sealed partial class RestrictionEditor
{
    private readonly List<RuleEntry> _rules = [];
    private bool _isLoaded;
    private string? _error;
    private string _name = "";
    private string _description = "";
    private Error? _problem;
    private bool _busy;

    /// <summary>Whose restriction.</summary>
    [Parameter, EditorRequired]
    public required RolePlace Place { get; set; }

    /// <summary>The restriction; null to create one.</summary>
    [Parameter]
    public Guid? Restriction { get; set; }

    [Inject]
    public required RestrictionDirectory Directory { get; init; }

    [Inject]
    public required RestrictionsService Restrictions { get; init; }

    [Inject]
    public required RolePreviews Previews { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required NotificationService Notifications { get; init; }

    /// <summary>The restriction with where it hangs, carried over from prerendering.</summary>
    [PersistentState]
    public RestrictionDetails? Details { get; set; }

    private RestrictionRow? Row => Details?.Row;

    private Invalid? Wrong => _problem as Invalid;

    private RestrictionRules Compiled => RestrictionRules.Of([.. _rules.Select(rule => rule.Rule)]);

    private bool IsEditable => ReadOnlyReason is null;

    private string? ReadOnlyReason => !Place.MayManage ? "You may read this restriction and not change it."
        : Row is { } row && !Place.Keeps(row.IsOfOrganization ? RoleOrigin.Organization : RoleOrigin.Project) ? "The organization keeps this restriction for all its projects. It is changed there."
        : null;

    protected override async Task OnParametersSetAsync()
    {
        if (_isLoaded)
        {
            return;
        }

        _isLoaded = true;
        if (Restriction is not null && Details is null)
        {
            await LoadAsync();
        }
        else
        {
            Fill();
        }
    }

    private async Task LoadAsync()
    {
        if (Restriction is { } id)
        {
            var result = await Directory.GetAsync(await CurrentActor.GetAsync(), Place.Owner, id);
            (Details, _error) = (result.Succeeded ? result.Value : null, result.Error?.Message);
        }

        Fill();
    }

    private void Fill()
    {
        _problem = null;
        (_name, _description) = (Row?.Name ?? "", Row?.Description ?? "");
        _rules.Clear();
        _rules.AddRange(Row is null ? [new RuleEntry()] : Row.Rules.Rules.Select(rule => new RuleEntry { Allows = rule.Allows, Pattern = rule.Pattern }));
    }

    private async Task SaveAsync(Guid? version)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            var (actor, draft) = (await CurrentActor.GetAsync(), new RestrictionDraft(_name, _description, [.. _rules.Select(rule => rule.Rule)]));
            if (Row is null)
            {
                Saved((await Restrictions.CreateAsync(actor, Place.Owner, draft)).Error);
                return;
            }

            var (id, denied) = (Row.Id, Compiled.Denied);
            var saved = await Previews.ConfirmAsync(
                actor,
                new RoleQuestion($"Save {Row.Name}?", "Save restriction") { MayNameHeir = Place.MayNameHeir, Further = change => OtherPaths.Of(change, id, denied) },
                (asked, heir) => Restrictions.ChangeAsync(asked, Place.Owner, id, draft, version, heir));
            _problem = saved.Error;
            if (saved.IsDone)
            {
                await LoadAsync();
                Notifications.Notify(NotificationSeverity.Success, $"{_name} is saved.");
            }
        }
        finally
        {
            _busy = false;
        }
    }

    private void Saved(Error? error)
    {
        _problem = error;
        if (error is null)
        {
            Notifications.Notify(NotificationSeverity.Success, $"{RoleRules.CleanName(_name)} can be attached to grants now.");
            Navigation.NavigateTo(Place.RestrictionsHref);
        }
    }
}
