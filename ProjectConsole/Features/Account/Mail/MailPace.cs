using ProjectConsole.Domain.Accounts;

namespace ProjectConsole.Features.Account.Mail;

/// <summary>
/// Lets one mail of a kind through to an address within <see cref="Window"/>, so that nobody fills somebody's mailbox from
/// many network addresses. Kept in memory, per node.
/// </summary>
internal sealed class MailPace(TimeProvider clock)
{
    /// <summary>For how long a mail keeps the next one of its kind back.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(2);

    private const int MostKept = 10_000;

    private readonly Lock _keeping = new();
    private readonly Dictionary<(string To, string Kind), DateTime> _sent = [];

    /// <summary>Notes a mail and answers whether it may go out.</summary>
    public bool Take(string to, string kind)
    {
        var (key, now) = ((EmailAddress.Normalize(to), kind), clock.GetUtcNow().UtcDateTime);
        lock (_keeping)
        {
            if (_sent.TryGetValue(key, out var last) && now - last < Window)
            {
                return false;
            }

            if (_sent.Count >= MostKept)
            {
                ForgetOld(now);
            }

            // Still full: that is a flood of other addresses, and it must not keep anybody from a mail.
            if (_sent.Count < MostKept)
            {
                _sent[key] = now;
            }

            return true;
        }
    }

    private void ForgetOld(DateTime now)
    {
        foreach (var old in _sent.Where(mail => now - mail.Value >= Window).Select(mail => mail.Key).ToList())
        {
            _sent.Remove(old);
        }
    }
}
