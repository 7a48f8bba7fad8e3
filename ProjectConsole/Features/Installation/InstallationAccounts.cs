using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Installation;

/// <summary>Lists the accounts of the installation.</summary>
public sealed class InstallationAccounts(IDbContextFactory<ConsoleDbContext> databases, AccessControl access)
{
    /// <summary>One page of accounts by address.</summary>
    public async Task<Result<Page<AccountRow>>> ListAsync(Actor actor, AccountQuery query, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (AccessRefusal.InInstallation(await access.InInstallationAsync(db, actor), Permissions.InstallationManage) is { } refusal)
        {
            return refusal;
        }

        var pattern = TextRules.LikePattern(TextRules.Clean(query.Search).ToUpperInvariant());
        var matching = db.Users.Where(user => EF.Functions.Like(user.NormalizedEmail!, pattern, @"\"));
        matching = query.State switch
        {
            AccountState.Locked => matching.Where(user => user.LockedUtc != null),
            AccountState.Unconfirmed => matching.Where(user => user.LockedUtc == null && !user.EmailConfirmed),
            AccountState.Active => matching.Where(user => user.LockedUtc == null && user.EmailConfirmed),
            _ => matching,
        };
        var total = await matching.CountAsync(ct);
        var rows = await matching.OrderBy(user => user.NormalizedEmail).ThenBy(user => user.Id).Skip(query.Page.Skip).Take(query.Page.Size)
            .Select(user => new AccountRow(
                user.Id,
                user.Email ?? "",
                user.DisplayName,
                user.LockedUtc != null ? AccountState.Locked : user.EmailConfirmed ? AccountState.Active : AccountState.Unconfirmed,
                user.IsInstallationAdministrator,
                db.Members.Count(member => member.UserId == user.Id),
                user.CreatedUtc,
                db.UserSessions.Where(session => session.UserId == user.Id).Max(session => (DateTime?)session.LastActUtc)))
            .ToListAsync(ct);
        return new Page<AccountRow>(rows, total, query.Page.Number, query.Page.Size);
    }
}

/// <summary>What an account is.</summary>
public enum AccountState
{
    /// <summary>Usable.</summary>
    Active,

    /// <summary>Its address was never confirmed, so it counts as none.</summary>
    Unconfirmed,

    /// <summary>An administrator locked it.</summary>
    Locked,
}

/// <summary>Which accounts are asked for.</summary>
/// <param name="Search">Part of the address.</param>
/// <param name="State">In which state; null for all.</param>
/// <param name="Page">Which page.</param>
public sealed record AccountQuery(string? Search, AccountState? State, PageRequest Page);

/// <summary>One account as the installation's administrator sees it.</summary>
/// <param name="UserId">The account.</param>
/// <param name="Email">Its address.</param>
/// <param name="DisplayName">How the person likes to be called; may be empty.</param>
/// <param name="State">What it is.</param>
/// <param name="IsAdministrator">Answers for the installation.</param>
/// <param name="Organizations">In how many organizations the person is a member.</param>
/// <param name="CreatedUtc">Since when.</param>
/// <param name="LastActUtc">The last act of the person; null for none.</param>
public sealed record AccountRow(
    Guid UserId, string Email, string DisplayName, AccountState State, bool IsAdministrator, int Organizations, DateTime CreatedUtc, DateTime? LastActUtc);
