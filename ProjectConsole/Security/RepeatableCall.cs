using System.Globalization;
using ProjectConsole.Domain.Commands;

namespace ProjectConsole.Security;

/// <summary>A call that its sender may send again, and whose commands are carried out once.</summary>
/// <param name="key">What the sender chose; at most <see cref="LongestKey"/> characters without a space.</param>
/// <param name="fingerprint">Hash of all that the call says.</param>
public sealed class RepeatableCall(string key, string fingerprint)
{
    /// <summary>The most characters of a key; what a row has more is for the number of the command.</summary>
    public const int LongestKey = IdempotentCall.LongestKey - 10;

    private int _commands;

    /// <summary>Hash of all that the call says.</summary>
    public string Fingerprint => fingerprint;

    /// <summary>The key of the next command's row; a repeated call has its commands in the same order.</summary>
    internal string NextKey() => ++_commands == 1 ? key : string.Create(CultureInfo.InvariantCulture, $"{key} {_commands}");
}
