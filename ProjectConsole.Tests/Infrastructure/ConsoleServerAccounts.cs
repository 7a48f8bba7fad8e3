using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Installation;

namespace ProjectConsole.Tests.Infrastructure;

/// <summary>Writes accounts and settings straight into the database of a <see cref="ConsoleServer"/>.</summary>
internal static class ConsoleServerAccounts
{
    /// <summary>Changes an account.</summary>
    public static async Task ChangeAsync(this ConsoleServer server, User user, Action<User> change)
    {
        await using var db = server.OpenDatabase();
        change(await db.Users.SingleAsync(row => row.Id == user.Id));
        await db.SaveChangesAsync();
    }

    /// <summary>Opens or closes registration.</summary>
    public static async Task LetRegisterAsync(this ConsoleServer server, bool isOpen)
    {
        await using var db = server.OpenDatabase();
        var settings = await db.Installation.SingleOrDefaultAsync() ?? db.Installation.Add(new InstallationSettings(server.Clock.UtcNow)).Entity;
        settings.Change(isOpen, everybodyCreatesOrganizations: false);
        await db.SaveChangesAsync();
    }

    /// <summary>Reads an account by its address; null where there is none.</summary>
    public static async Task<User?> FindAsync(this ConsoleServer server, string email)
    {
        await using var db = server.OpenDatabase();
        return await db.Users.SingleOrDefaultAsync(user => user.Email == email);
    }
}
