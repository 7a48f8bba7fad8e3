using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Keys;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Keys;

/// <summary>Asks for a new key or token, and shows its secret once.</summary>
public sealed partial class KeyForm
{
    private const int CustomLife = -1;
    private const int NoEnd = 0;

    private static readonly int[] Proposals = [1, 7, 30, 90, 365];

    private string _name = "";
    private int _life = (int)KeyTerms.Proposed.TotalDays;
    private DateOnly? _lastDay;
    private PermissionSet _set;
    private bool _busy;
    private Error? _problem;
    private IssuedKey? _issued;

    /// <summary>What the page and its button are called.</summary>
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>The way back.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<NavigationItem> Crumbs { get; set; }

    /// <summary>The list that the key will be in.</summary>
    [Parameter, EditorRequired]
    public required string ListHref { get; set; }

    /// <summary>What such a key can hold.</summary>
    [Parameter, EditorRequired]
    public required PermissionSet Offered { get; set; }

    /// <summary>What every such key holds.</summary>
    [Parameter, EditorRequired]
    public required PermissionSet Fixed { get; set; }

    /// <summary>What the person may give; the rest cannot be ticked.</summary>
    [Parameter, EditorRequired]
    public required PermissionSet Holdable { get; set; }

    /// <summary>The longest life; null for no bound.</summary>
    [Parameter]
    public int? LongestLifeDays { get; set; }

    /// <summary>Makes the key.</summary>
    [Parameter, EditorRequired]
    public required Func<KeyDraft, Task<Result<IssuedKey>>> Create { get; set; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    private Invalid? Wrong => _problem as Invalid;

    private IEnumerable<int> Lives => Proposals.Where(days => LongestLifeDays is not { } most || days <= most);

    private string ExpiryHelp => LongestLifeDays is { } most ? $"Keys live at most {Numbers.Whole(most)} days in this organization." : "From this moment on it opens nothing.";

    protected override void OnInitialized()
    {
        _set = Fixed;
        if (LongestLifeDays < _life)
        {
            _life = Lives.LastOrDefault(CustomLife);
        }
    }

    private void Choose(PermissionSet set) => _set = set;

    private async Task CreateAsync()
    {
        if (_busy)
        {
            return;
        }

        if (_life == CustomLife && _lastDay is null)
        {
            _problem = new Invalid(nameof(KeyTerms.ExpiresUtc), "Choose the last day.");
            return;
        }

        _busy = true;
        try
        {
            var result = await Create(new KeyDraft(_name, [.. _set.Select(permission => permission.Name)], EndUtc()));
            (_issued, _problem) = (result.Succeeded ? result.Value : null, result.Error);
        }
        finally
        {
            _busy = false;
        }
    }

    private DateTime? EndUtc() => _life switch
    {
        NoEnd => null,
        CustomLife => LastDay.End(_lastDay!.Value),
        _ => Clock.GetUtcNow().UtcDateTime.AddDays(_life),
    };
}
