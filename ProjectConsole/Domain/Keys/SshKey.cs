namespace ProjectConsole.Domain.Keys;

/// <summary>A public key with which a person signs in to clusters.</summary>
public sealed class SshKey
{
    /// <summary>The most keys of one person.</summary>
    public const int Most = 50;

    private SshKey()
    {
    }

    /// <summary>Keeps a checked key.</summary>
    public SshKey(Guid userId, string name, SshPublicKey key, DateTime nowUtc)
    {
        Id = Guid.CreateVersion7();
        (UserId, Name, Text, Fingerprint, CreatedUtc) = (userId, name, key.Text, key.Fingerprint, nowUtc);
    }

    /// <summary>UUID version 7.</summary>
    public Guid Id { get; private set; }

    /// <summary>Whose it is.</summary>
    public Guid UserId { get; private set; }

    /// <summary>For people.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Type and key as <c>authorized_keys</c> wants them, without options and comment.</summary>
    public string Text { get; private set; } = "";

    /// <summary><c>SHA256:</c> and the hash, as sshd writes it.</summary>
    public string Fingerprint { get; private set; } = "";

    /// <summary>When it was added, UTC.</summary>
    public DateTime CreatedUtc { get; private set; }
}
