using System.Data.Common;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Data.Limits;
using ProjectConsole.Data.Providers;
using ProjectConsole.Domain.Installation;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Features.Account;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Features.Resources;
using ProjectConsole.Security;

namespace ProjectConsole.Features.Sample;

/// <summary>
/// Makes the sample on an empty database, in one transaction. It writes entities and their audit entries with dates in the
/// past, which no command does.
/// </summary>
public sealed class SampleInstallation(
    IDbContextFactory<ConsoleDbContext> databases, DatabaseProvider provider, AccountCreation accounts, UsageLedger ledger,
    IDataProtectionProvider protection, TimeProvider clock)
{
    internal static IReadOnlyList<string> FurtherWorkspaces { get; } = ["research", "platform"];

    /// <summary>Makes it and answers the addresses of its accounts; none where the database is not empty.</summary>
    public async Task<IReadOnlyList<string>> CreateAsync(string password, CancellationToken ct = default)
    {
        // The first use writes the keys into this database, for which it must not be locked by the sample itself.
        _ = protection.CreateProtector(ResourcesService.SecretPurpose).Protect("");
        using var turn = await provider.EnterWriteAsync(ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await provider.BeginWriteAsync(db, ct);
        if (await db.Users.AnyAsync(ct) || await db.Organizations.AnyAsync(ct) || await db.Installation.AnyAsync(ct))
        {
            return [];
        }

        try
        {
            var people = await FillAsync(db, password, ct);
            await transaction.CommitAsync(ct);
            return people;
        }
        catch (DbUpdateException failure) when (failure.InnerException is DbException inner && provider.IsUniqueViolation(inner))
        {
            // Another node started on the same empty database and was first.
            return [];
        }
    }

    private async Task<IReadOnlyList<string>> FillAsync(ConsoleDbContext db, string password, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var founded = now.AddDays(-64);
        var people = SamplePeople.All.ToDictionary(
            address => address, address => accounts.Add(db, address, password, isConfirmed: true, founded));
        people[SamplePeople.Owner].IsInstallationAdministrator = true;
        db.Add(new InstallationSettings(founded));
        await db.SaveChangesAsync(ct);

        var owner = people[SamplePeople.Owner];
        var acme = OrganizationCreation.Add(db, ActorOf(owner), owner.Id, "acme", "acme", projectAllowance: null, founded);
        acme.Organization.Change(new OrganizationSettings { Name = "acme", AllowsExternalCollaborators = true });
        var workspaces = new Dictionary<string, Workspace> { [acme.Workspace.Slug] = acme.Workspace };
        foreach (var name in FurtherWorkspaces)
        {
            db.Add(workspaces[name] = new Workspace(acme.Organization.Id, name, name, founded.AddHours(1)));
        }

        foreach (var (address, role) in SamplePeople.Roles)
        {
            db.Add(new Member(acme.Organization.Id, people[address].Id, role, founded.AddHours(2)));
        }

        await db.SaveChangesAsync(ct);
        var sample = new SampleProjects(db, acme, workspaces, people, new SampleResources(db, ledger, protection, people), now);
        await sample.AddAsync(ct);
        var teams = SampleTeams.Add(db, sample.Made["vision"].Project, workspaces["research"], people, founded);
        SampleKeys.AddTo(db, sample.Made["vision"].Project, people, now);
        SampleJoining.AddTo(db, sample.Made["vision"].Project, people, now);
        await db.SaveChangesAsync(ct);
        await SampleWatch.AddAsync(db, sample.Made["vision"].Project, owner, people[SamplePeople.ProjectAdmin], now, ct);
        await db.SaveChangesAsync(ct);
        await SampleLimits.AddAsync(db, sample.Made["vision"].Project, owner, people[SamplePeople.ProjectAdmin], now, ct);
        await db.SaveChangesAsync(ct);
        await SampleHistory.AddAsync(db, acme, people, sample.Made, teams, founded, now, ct);
        return SamplePeople.All;
    }

    private static Actor ActorOf(User user) => new(user.Id, user.Email!, SampleHistory.Address, SampleHistory.RequestId);
}
