using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Data.Providers;

namespace ProjectConsole.Security;

/// <summary>Decides whether a session still lives, for requests and circuits alike.</summary>
public sealed class Sessions(IDbContextFactory<ConsoleDbContext> databases, DatabaseProvider provider, TimeProvider clock)
{
    /// <summary>Acts closer together than this are written once.</summary>
    public static readonly TimeSpan ActsApart = TimeSpan.FromSeconds(30);

    /// <summary>A session ends this long after its sign-in, whatever its person does (ASVS 7.3.2).</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(14);

    private readonly Func<ConsoleDbContext, Guid, Task<SessionRow?>> _session = EF.CompileAsyncQuery(
        (ConsoleDbContext db, Guid sessionId) =>
            (from session in db.UserSessions
             where session.Id == sessionId
             join user in db.Users on session.UserId equals user.Id
             select new SessionRow
             {
                 UserId = user.Id,
                 StartedUtc = session.StartedUtc,
                 LastActUtc = session.LastActUtc,
                 EndedUtc = session.EndedUtc,
                 LockedUtc = user.LockedUtc,
                 Stamp = user.SecurityStamp,
                 IsConfirmed = user.EmailConfirmed,
                 IdleSignOutMinutes = (from member in db.Members
                                       where member.UserId == user.Id
                                       join organization in db.Organizations on member.OrganizationId equals organization.Id
                                       where organization.DeletedUtc == null
                                       select organization.IdleSignOutMinutes).Min(),
             }).FirstOrDefault());

    /// <summary>
    /// Whether the principal's session lives: not ended, not older than <see cref="Longest"/>, not idle for longer than the strictest organization of the person allows,
    /// the account open and its security stamp unchanged.
    /// </summary>
    public async Task<bool> LivesAsync(ClaimsPrincipal principal, CancellationToken ct = default)
    {
        ct.ThrowIfCancellationRequested();
        if (principal.SessionId() is not { } sessionId)
        {
            return false;
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        return await _session(db, sessionId) is { } row
            && row.Lives(clock.GetUtcNow().UtcDateTime)
            && row.UserId == principal.UserId()
            && row.Stamp == principal.Stamp();
    }

    /// <summary>Notes an act of the person; only these keep a session from becoming idle.</summary>
    public async Task ActAsync(Guid sessionId, CancellationToken ct = default)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var before = now - ActsApart;
        await using var db = await databases.CreateDbContextAsync(ct);
        if (!await db.UserSessions.AnyAsync(session => session.Id == sessionId && session.EndedUtc == null && session.LastActUtc < before, ct))
        {
            return;
        }

        using var turn = await provider.EnterWriteAsync(ct);
        await db.UserSessions.Where(session => session.Id == sessionId && session.EndedUtc == null && session.LastActUtc < before)
            .ExecuteUpdateAsync(set => set.SetProperty(session => session.LastActUtc, now), ct);
    }

    private sealed class SessionRow
    {
        public Guid UserId { get; init; }

        public DateTime StartedUtc { get; init; }

        public DateTime LastActUtc { get; init; }

        public DateTime? EndedUtc { get; init; }

        public DateTime? LockedUtc { get; init; }

        public string? Stamp { get; init; }

        public bool IsConfirmed { get; init; }

        public int? IdleSignOutMinutes { get; init; }

        public bool Lives(DateTime nowUtc) =>
            EndedUtc is null && LockedUtc is null && IsConfirmed && nowUtc - StartedUtc < Longest
            && (IdleSignOutMinutes is not { } minutes || nowUtc - LastActUtc < TimeSpan.FromMinutes(minutes));
    }
}
