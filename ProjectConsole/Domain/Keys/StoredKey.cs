using ProjectConsole.Domain.Access;

namespace ProjectConsole.Domain.Keys;

/// <summary>What is stored of a key or token: everything but its secret.</summary>
public abstract class StoredKey
{
    /// <summary>The most characters of a name.</summary>
    public const int LongestName = 80;

    /// <summary>For EF Core.</summary>
    protected StoredKey()
    {
    }

    /// <summary>Makes a key; <see cref="Rotate"/> gives it its secret.</summary>
    protected StoredKey(Guid id, KeyTerms terms, DateTime nowUtc)
    {
        Id = id;
        Name = terms.Name;
        PermissionNames = PermissionText.Of(terms.Permissions);
        ExpiresUtc = terms.ExpiresUtc;
        CreatedUtc = nowUtc;
    }

    /// <summary>By which it is looked up; part of its text.</summary>
    public Guid Id { get; private set; }

    /// <summary>For people.</summary>
    public string Name { get; private set; } = "";

    /// <summary>What it may do, by name.</summary>
    public string PermissionNames { get; private set; } = "";

    /// <summary>Hash of the secret; null until one was shown.</summary>
    public string? SecretHash { get; private set; }

    /// <summary>Hash of the secret before the last rotation.</summary>
    public string? FormerHash { get; private set; }

    /// <summary>Until when the former secret opens as well, UTC.</summary>
    public DateTime? FormerUntilUtc { get; private set; }

    /// <summary>From this moment on it opens nothing; null for never.</summary>
    public DateTime? ExpiresUtc { get; private set; }

    /// <summary>When it was made, UTC.</summary>
    public DateTime CreatedUtc { get; private set; }

    /// <summary>When its secret was last changed, UTC; null while it has none.</summary>
    public DateTime? RotatedUtc { get; private set; }

    /// <summary>When it was last used, UTC, give or take a minute; null for never.</summary>
    public DateTime? LastUsedUtc { get; private set; }

    /// <summary>When it was revoked, UTC; null while it was not.</summary>
    public DateTime? RevokedUtc { get; private set; }

    /// <summary>Address of who revoked it; empty while nobody did.</summary>
    public string RevokedByName { get; private set; } = "";

    /// <summary>What it may do.</summary>
    public PermissionSet Permissions => PermissionText.Parse(PermissionNames);

    /// <summary>What became of it.</summary>
    public KeyState StateAt(DateTime nowUtc) =>
        RevokedUtc is not null ? KeyState.Revoked
        : ExpiresUtc <= nowUtc ? KeyState.Expired
        : SecretHash is null ? KeyState.WithoutSecret
        : KeyState.Active;

    /// <summary>Takes a new secret. The former one opens on until the grace is over.</summary>
    /// <param name="hash">Hash of the new secret.</param>
    /// <param name="grace">How long the former secret stays good.</param>
    /// <param name="nowUtc">Now, UTC.</param>
    public void Rotate(string hash, TimeSpan grace, DateTime nowUtc)
    {
        // A secret whose grace runs still is not given another one: only the last two can be good.
        FormerHash = grace > TimeSpan.Zero ? SecretHash : null;
        FormerUntilUtc = FormerHash is null ? null : nowUtc + grace;
        SecretHash = hash;
        RotatedUtc = nowUtc;
    }

    /// <summary>Ends it for good.</summary>
    public void Revoke(string byName, DateTime nowUtc)
    {
        RevokedUtc ??= nowUtc;
        RevokedByName = byName;
    }
}

/// <summary>What became of a key.</summary>
public enum KeyState
{
    /// <summary>It opens.</summary>
    Active,

    /// <summary>No secret was shown yet.</summary>
    WithoutSecret,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>Somebody ended it.</summary>
    Revoked,
}
