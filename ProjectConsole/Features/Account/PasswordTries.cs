using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data.Accounts;

namespace ProjectConsole.Features.Account;

/// <summary>
/// Counts the passwords that are typed for an account, wherever one is asked for: whoever guesses from a stolen session is stopped
/// like one who guesses at the door.
/// </summary>
internal static class PasswordTries
{
    /// <summary>Counts a try, and answers the account where the password was right and the account takes passwords now.</summary>
    /// <param name="command">The open change of the account.</param>
    /// <param name="found">The account as it was when the password was compared.</param>
    /// <param name="isRight">What came of that.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<CountedTry> CountAsync(AccountCommand command, User found, bool isRight, CancellationToken ct)
    {
        // Counted by the database and before the row is read: parallel tries would otherwise all read the same count.
        await command.Db.Users.Where(user => user.Id == found.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(user => user.AccessFailedCount, user => user.AccessFailedCount + 1), ct);
        var user = await command.Db.Users.SingleAsync(user => user.Id == found.Id, ct);
        var until = user.LockoutEnd > command.NowUtc ? user.LockoutEnd
            : !isRight && user.AccessFailedCount >= SignInService.MostTries ? command.NowUtc + SignInService.LockedFor
            : null;
        if (until is null && isRight && user.PasswordHash == found.PasswordHash)
        {
            (user.LockoutEnd, user.AccessFailedCount) = (null, 0);
            return new CountedTry(user, IsLockedOut: false);
        }

        await FailAsync(command, user, until, ct);
        return new CountedTry(null, until is not null);
    }

    /// <summary>Notes a failure. Written whatever the reason, and where there is no account: which it was must not show in the number of statements.</summary>
    public static Task FailAsync(AccountCommand command, User user, DateTimeOffset? lockedUntil, CancellationToken ct)
    {
        var tries = lockedUntil is null ? user.AccessFailedCount : 0;
        return command.Db.Users.Where(row => row.Id == user.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.LockoutEnd, lockedUntil).SetProperty(row => row.AccessFailedCount, tries), ct);
    }
}

/// <summary>What came of a password that was typed.</summary>
/// <param name="User">The account where it was right; null otherwise.</param>
/// <param name="IsLockedOut">Whether the account takes none for a while.</param>
internal sealed record CountedTry(User? User, bool IsLockedOut)
{
    /// <summary>The sentence beside the field of the current password.</summary>
    public string Problem => IsLockedOut
        ? $"Too many wrong passwords. Try again in {SignInService.LockedFor.TotalMinutes:0} minutes."
        : "This is not your current password.";
}
