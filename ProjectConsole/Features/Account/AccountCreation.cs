using Microsoft.AspNetCore.Identity;
using ProjectConsole.Data;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Collaborators;

namespace ProjectConsole.Features.Account;

/// <summary>
/// The one place where accounts are made, always together with their principal: without it no grant could reach the person.
/// Adds to the context of an open transaction and saves nothing.
/// </summary>
public sealed class AccountCreation(IPasswordHasher<User> hasher, ILookupNormalizer normalizer)
{
    /// <summary>Adds an account with a confirmed or unconfirmed address.</summary>
    /// <param name="db">The context of the transaction.</param>
    /// <param name="email">A checked address that no account has.</param>
    /// <param name="password">A checked password.</param>
    /// <param name="isConfirmed">Whether the address is known to be the person's; until then it counts as no account.</param>
    /// <param name="nowUtc">Now, UTC.</param>
    public User Add(ConsoleDbContext db, string email, string password, bool isConfirmed, DateTime nowUtc)
    {
        var user = new User
        {
            UserName = email,
            NormalizedUserName = normalizer.NormalizeName(email),
            Email = email,
            NormalizedEmail = normalizer.NormalizeEmail(email),
            EmailConfirmed = isConfirmed,
            LockoutEnabled = true,
            SecurityStamp = Guid.NewGuid().ToString("N"),
            CreatedUtc = nowUtc,
        };
        user.PasswordHash = hasher.HashPassword(user, password);
        db.Users.Add(user);
        db.Principals.Add(Principal.OfUser(user.Id));
        return user;
    }
}
