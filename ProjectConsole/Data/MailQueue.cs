using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data.Providers;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Domain.Audit;

namespace ProjectConsole.Data;

/// <summary>
/// The mails that commands have written. A node claims one at a time by moving its turn ahead, so that no two nodes send it,
/// and one that dies in the middle leaves it to the next.
/// </summary>
public sealed class MailQueue(IDbContextFactory<ConsoleDbContext> databases, DatabaseProvider provider, TimeProvider clock)
{
    /// <summary>For how long a claimed mail is nobody else's; longer than any conversation with a mail server.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <summary>For how long the trace of a finished mail, which has no text any more, is kept.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    private readonly Channel<bool> _wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Says after a commit that mails wait, so that they go at once instead of at the next tick.</summary>
    public void Wake() => _wakes.Writer.TryWrite(true);

    /// <summary>Answers each time somebody said that mails wait.</summary>
    public IAsyncEnumerable<bool> WakesAsync(CancellationToken ct) => _wakes.Reader.ReadAllAsync(ct);

    /// <summary>Claims the mail that waits longest; null where none is due.</summary>
    public async Task<OutgoingMail?> ClaimAsync(CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        while (true)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            if (await db.OutgoingMails.AsNoTracking().Where(mail => mail.NextUtc <= now).OrderBy(mail => mail.NextUtc).FirstOrDefaultAsync(ct) is not { } due)
            {
                return null;
            }

            using var turn = await provider.EnterWriteAsync(ct);
            var until = now + Lease;
            if (await db.OutgoingMails.Where(mail => mail.Id == due.Id && mail.NextUtc == due.NextUtc)
                .ExecuteUpdateAsync(set => set.SetProperty(mail => mail.NextUtc, until), ct) == 1)
            {
                return due;
            }
        }
    }

    /// <summary>Notes that a claimed mail was sent, and empties it.</summary>
    public Task SentAsync(OutgoingMail claimed, CancellationToken ct = default) => SaveAsync(claimed, (mail, _, now) => mail.Sent(now), ct);

    /// <summary>Lets a claimed mail wait for another try.</summary>
    public Task AgainAsync(OutgoingMail claimed, TimeSpan wait, CancellationToken ct = default) => SaveAsync(claimed, (mail, _, now) => mail.Failed(now + wait), ct);

    /// <summary>Gives a claimed mail up, empties it, and writes that to the audit log of the installation.</summary>
    public Task GiveUpAsync(OutgoingMail claimed, CancellationToken ct = default) => SaveAsync(
        claimed,
        (mail, db, now) =>
        {
            mail.Failed(null);
            var system = new AuditContext(null, null, now, AuditActorKind.System, null, "system", "", "");
            db.AuditEntries.Add(new AuditEntry(system, AuditActions.MailGivenUp, new AuditObject("mail", null, mail.To), AuditResult.Done));
        },
        ct);

    /// <summary>How many wait, for their first try or another.</summary>
    public async Task<int> CountAsync(CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.OutgoingMails.CountAsync(mail => mail.NextUtc != null, ct);
    }

    /// <summary>Forgets mails that were finished long ago.</summary>
    public async Task ForgetAsync(CancellationToken ct = default)
    {
        var before = clock.GetUtcNow().UtcDateTime - KeptFor;
        using var turn = await provider.EnterWriteAsync(ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.OutgoingMails.Where(mail => mail.NextUtc == null && mail.CreatedUtc < before).ExecuteDeleteAsync(ct);
    }

    private async Task SaveAsync(OutgoingMail claimed, Action<OutgoingMail, ConsoleDbContext, DateTime> change, CancellationToken ct)
    {
        using var turn = await provider.EnterWriteAsync(ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.OutgoingMails.FindAsync([claimed.Id], ct) is { } mail)
        {
            change(mail, db, clock.GetUtcNow().UtcDateTime);
            await db.SaveChangesAsync(ct);
        }
    }
}
