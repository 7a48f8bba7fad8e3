using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Controls;
using ProjectConsole.Security;

namespace ProjectConsole.Components.Access;

/// <summary>Asks for each API key of those who lose something whether it is kept or revoked.</summary>
public sealed partial class KeyChoices
{
    private readonly string _group = $"keys-{Guid.NewGuid():N}";

    /// <summary>The answer of a dry run; null while there is none.</summary>
    [Parameter, EditorRequired]
    public required AccessChange? Change { get; set; }

    /// <summary>What the dialog chose so far.</summary>
    [Parameter, EditorRequired]
    public required KeyChoice Choice { get; set; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    private IReadOnlyList<AffectedKey> Keys => Change?.Keys ?? [];

    private string Legend => Keys.Select(key => key.CreatedByName).Distinct().Count() == 1 ? $"API keys that {Keys[0].CreatedByName} made" : "API keys that these people made";

    private string Help => Choice.IsRevoking
        ? "Whoever made a key may still know its secret, so it is revoked unless you keep it. A revoked key opens nothing from then on and never comes back, not by Undo either."
        : "A key belongs to the project and goes on working unless you revoke it. A revoked key opens nothing from then on and never comes back, not by Undo either.";

    private string? More => (Change?.MoreKeys, Change is { Uncompared: > 0 } or { MoreElsewhere: > 0 }) switch
    {
        (1, _) => "1 more API key that is not listed here is kept.",
        ( > 1 and var some, _) => $"{Numbers.Whole(some)} more API keys that are not listed here are kept.",
        (0, true) when Keys.Count > 0 => "API keys in projects that were not compared are kept.",
        _ => null,
    };

    protected override void OnParametersSet() => Choice.Offer(Keys);

    private string Detail(AffectedKey key)
    {
        var used = key.LastUsedUtc is { } last ? $"last used {TimeText.Relative(last, Clock.GetUtcNow().UtcDateTime)}" : "never used";
        return Keys.Select(other => other.CreatedByName).Distinct().Count() == 1 ? $"{key.Project}, {used}" : $"{key.Project}, made by {key.CreatedByName}, {used}";
    }

    private string Name(AffectedKey key) => $"{_group}-{key.Id:N}";

    private void Choose(AffectedKey key, bool isRevoked) => Choice.Choose(key.Id, isRevoked);
}
