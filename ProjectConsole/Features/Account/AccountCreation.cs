using Microsoft.AspNetCore.Identity;
using ProjectConsole.Data;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Domain.Collaborators;

namespace ProjectConsole.Features.Account;

/// <summary>
/// The one place where accounts are made, always together with their principal: without it no grant could reach the person.
/// Adds to the context of an open transaction and saves nothing.
/// </summary>
public sealed class AccountCreation(IPasswordHasher<User> hasher)
{
    /// <summary>The hash of a checked password; takes long by design, so make it before the transaction.</summary>
    public string Hash(string password) => hasher.HashPassword(new User(), password);

    /// <summary>Adds an account with a password.</summary>
    public User Add(ConsoleDbContext db, string email, string password, bool isConfirmed, DateTime nowUtc) =>
        AddHashed(db, email, Hash(password), isConfirmed, nowUtc);

    /// <summary>Adds an account.</summary>
    /// <param name="db">The context of the transaction.</param>
    /// <param name="email">A checked address that no account has.</param>
    /// <param name="passwordHash">From <see cref="Hash"/>; null where the person chooses the password later.</param>
    /// <param name="isConfirmed">Whether the address is known to be the person's; until then it counts as no account.</param>
    /// <param name="nowUtc">Now, UTC.</param>
    public User AddHashed(ConsoleDbContext db, string email, string? passwordHash, bool isConfirmed, DateTime nowUtc)
    {
        var user = new User
        {
            UserName = email,
            NormalizedUserName = EmailAddress.Normalize(email),
            Email = email,
            NormalizedEmail = EmailAddress.Normalize(email),
            EmailConfirmed = isConfirmed,
            LockoutEnabled = true,
            PasswordHash = passwordHash,
            SecurityStamp = NewStamp(),
            CreatedUtc = nowUtc,
        };
        db.Users.Add(user);
        db.Principals.Add(Principal.OfUser(user.Id));
        return user;
    }

    /// <summary>
    /// Ends what was given out for the account so far, and lets one of several that do so at once through: without a new
    /// concurrency stamp all of them read the old security stamp, and all of them save.
    /// </summary>
    internal static void Restamp(User user) => (user.SecurityStamp, user.ConcurrencyStamp) = (NewStamp(), NewStamp());

    /// <summary>A security stamp: whoever has a session or link with another one is out.</summary>
    private static string NewStamp() => Guid.NewGuid().ToString("N");
}
