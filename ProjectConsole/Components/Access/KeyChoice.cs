using ProjectConsole.Security;

namespace ProjectConsole.Components.Access;

/// <summary>What a dialog does with the API keys of people who lose something: each is kept or revoked with the change.</summary>
/// <param name="revokes">Whether keys are revoked until somebody keeps them; else they are kept until somebody revokes them.</param>
public sealed class KeyChoice(bool revokes = false)
{
    private readonly Dictionary<Guid, bool> _chosen = [];
    private IReadOnlyList<AffectedKey> _offered = [];

    /// <summary>For removals: whoever leaves may still know the secret.</summary>
    public static KeyChoice Revoking => new(revokes: true);

    /// <summary>Whether keys are revoked until somebody keeps them.</summary>
    public bool IsRevoking => revokes;

    /// <summary>What the last preview listed; what was chosen before stays chosen.</summary>
    public void Offer(IReadOnlyList<AffectedKey> keys) => _offered = keys;

    /// <summary>Chooses for one key.</summary>
    public void Choose(Guid key, bool isRevoked) => _chosen[key] = isRevoked;

    /// <summary>Whether a key is revoked with the change.</summary>
    public bool IsRevoked(AffectedKey key) => key.RefusedToRevoke is null && _chosen.GetValueOrDefault(key.Id, revokes);

    /// <summary>The actor with what was chosen.</summary>
    public Actor Of(Actor actor) => actor with { RevokedKeys = [.. _offered.Where(IsRevoked).Select(key => key.Id)] };
}
