using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Organizations;

/// <summary>The organizations of the person signed in.</summary>
public sealed partial class OrganizationsPage
{
    private bool _busy;
    private string? _refusal;
    private Error? _error;

    [Inject]
    public required OrganizationsService Organizations { get; init; }

    [Inject]
    public required PageReads Reads { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required NotificationService Notifications { get; init; }

    /// <summary>What is shown, carried over from prerendering.</summary>
    [PersistentState]
    public MyOrganizations? State { get; set; }

    private string EmptyText => State is { MayCreate: true }
        ? "An organization holds people and projects. Create one, or ask an Owner of an existing one to add you."
        : "An organization holds people and projects. Ask an Owner of one to add you.";

    protected override async Task OnInitializedAsync()
    {
        if (State is null)
        {
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var actor = await CurrentActor.GetAsync();
        var result = await Reads.TryAsync<MyOrganizations>(
            async () => new MyOrganizations(await Organizations.MineAsync(actor), await Organizations.MayCreateAsync(actor)));
        (State, _error) = (result.Succeeded ? result.Value : null, result.Error);
    }

    private async Task RestoreAsync(MyOrganization organization)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            var result = await Organizations.RestoreAsync(await CurrentActor.GetAsync(), organization.Id);
            _refusal = result.Error?.Message;
            if (result.Succeeded)
            {
                Notifications.Notify(NotificationSeverity.Success, $"{organization.Name} is restored.");
            }

            await LoadAsync();
        }
        finally
        {
            _busy = false;
        }
    }
}

/// <summary>What the page of organizations shows.</summary>
public sealed record MyOrganizations(IReadOnlyList<MyOrganization> Organizations, bool MayCreate);
