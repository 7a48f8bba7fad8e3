namespace ProjectConsole.Domain.Keys;

/// <summary>Whether what was presented is the secret of a key.</summary>
public static class KeySecrets
{
    /// <summary>Compares the hash of what was presented with the secret and, while its grace runs, with the former one.</summary>
    public static bool Match(string presented, string? current, string? former, DateTime? formerUntilUtc, DateTime nowUtc)
    {
        // Both are compared always: the time tells nothing about which of them there is.
        var isCurrent = KeyText.Matches(presented, current);
        var isFormer = KeyText.Matches(presented, former);
        return isCurrent || (isFormer && nowUtc < formerUntilUtc);
    }
}
