using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Account;

/// <summary>What a person says about themselves.</summary>
/// <param name="Email">The address; it never changes here.</param>
/// <param name="DisplayName">Possibly empty.</param>
public sealed record Profile(string Email, string DisplayName);

/// <summary>Reads and changes the own profile; there is no way to name another person's.</summary>
public sealed class ProfileService(IDbContextFactory<ConsoleDbContext> databases, AccountWriter writer)
{
    /// <summary>The most characters of a display name.</summary>
    public const int LongestName = 100;

    /// <summary>The own profile.</summary>
    public async Task<Profile> GetAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Users.Where(user => user.Id == actor.UserId).Select(user => new Profile(user.Email!, user.DisplayName)).SingleAsync(ct);
    }

    /// <summary>Changes the display name.</summary>
    public async Task<Result> SaveAsync(Actor actor, string? displayName, CancellationToken ct = default)
    {
        var name = TextRules.Clean(displayName);
        if (NameError(name) is { } error)
        {
            return new Invalid("DisplayName", error);
        }

        return await writer.WriteAsync<Result>(
            actor,
            async command =>
            {
                var user = await command.Db.Users.SingleAsync(user => user.Id == actor.UserId, ct);
                if (user.DisplayName != name)
                {
                    user.DisplayName = name;
                    command.Audit(actor, AuditActions.AccountProfileChanged, user);
                }

                return Result.Ok;
            },
            ct);
    }

    /// <summary>The sentence for what is wrong with a cleaned display name, or null; it may be empty.</summary>
    public static string? NameError(string cleaned) => cleaned == "" ? null : TextRules.NameError(cleaned, "Your name", LongestName);
}
