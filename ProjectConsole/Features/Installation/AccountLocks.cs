using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Installation;

/// <summary>Locks and unlocks accounts, and signs people out everywhere.</summary>
public sealed class AccountLocks(ConsoleWriter writer)
{
    /// <summary>Locks an account: the person has nothing anywhere from then on, and every session ends.</summary>
    /// <param name="actor">Who acts.</param>
    /// <param name="userId">The account.</param>
    /// <param name="ownersTakeOver">Whether an Owner of the organization becomes Admin of each project that would have none.</param>
    /// <param name="leavesOwnerless">Whether organizations may have no active Owner until the account is unlocked.</param>
    /// <param name="ct">Ends the command.</param>
    public async Task<Result> LockAsync(
        Actor actor, Guid userId, bool ownersTakeOver, bool leavesOwnerless = false, CancellationToken ct = default)
    {
        var result = await writer.WriteAsync(
            actor,
            CommandTarget.InInstallation(Permissions.InstallationManage, AuditActions.AccountLocked),
            command => LockAsync(command, userId, ownersTakeOver, leavesOwnerless, ct),
            ct);

        // The administrator of the installation learns how many projects, and not which.
        return result.Error is LastAdmin { Count: var projects } ? new LockLeavesProjects(projects) : result;
    }

    /// <summary>Opens a locked account again; the person signs in anew and has what is still granted.</summary>
    public Task<Result> UnlockAsync(Actor actor, Guid userId, CancellationToken ct = default) =>
        OnAccountAsync(actor, userId, AuditActions.AccountUnlocked, user => user.LockedUtc = null, user => user is { LockedUtc: not null, IsDeleted: false }, ct);

    /// <summary>Ends every session of a person; the account stays open.</summary>
    public Task<Result> SignOutEverywhereAsync(Actor actor, Guid userId, CancellationToken ct = default) =>
        OnAccountAsync(actor, userId, AuditActions.AccountSignedOutEverywhere, _ => { }, _ => true, ct);

    private Task<Result> OnAccountAsync(Actor actor, Guid userId, string action, Action<User> change, Func<User, bool> isNeeded, CancellationToken ct) =>
        writer.WriteAsync(
            actor,
            CommandTarget.InInstallation(Permissions.InstallationManage, action),
            async command =>
            {
                if (await command.Db.Users.FirstOrDefaultAsync(row => row.Id == userId, ct) is not { } user)
                {
                    return new NoSuchAccount();
                }

                if (isNeeded(user))
                {
                    await command.RaiseOrganizationsOfAsync(userId, ct);
                    change(user);
                    await EndSessionsAsync(command, user, ct);
                    command.Audit(action, ObjectOf(user));
                }

                return Result.Ok;
            },
            ct);

    private static async Task<Result> LockAsync(Command command, Guid userId, bool ownersTakeOver, bool leavesOwnerless, CancellationToken ct)
    {
        if (userId == command.Actor.UserId)
        {
            return new OwnAccount();
        }

        if (await command.Db.Users.FirstOrDefaultAsync(row => row.Id == userId, ct) is not { } user)
        {
            return new NoSuchAccount();
        }

        if (user.LockedUtc is not null)
        {
            return Result.Ok;
        }

        // Raising locks the organizations' rows: nobody makes this person the last Owner or Admin meanwhile.
        await command.RaiseOrganizationsOfAsync(userId, ct);
        await command.AffectsAsync([userId], ct);
        user.LockedUtc = command.NowUtc;
        await EndSessionsAsync(command, user, ct);
        var ownerless = (await command.OrganizationsLeftWithoutOwnerAsync(ct)).Count;
        if (ownerless > 0 && !leavesOwnerless)
        {
            return new LockLeavesOrganizations(ownerless);
        }

        if (ownerless > 0)
        {
            command.AllowsOwnerless();
        }

        command.Audit(AuditActions.AccountLocked, ObjectOf(user), after: ownerless > 0 ? new { OrganizationsWithoutActiveOwner = ownerless } : null);
        if (ownersTakeOver)
        {
            await HandOverAsync(command, await command.ProjectsLeftWithoutAdminAsync(ct), ct);
        }

        return Result.Ok;
    }

    private static async Task HandOverAsync(Command command, IReadOnlyCollection<Guid> projectIds, CancellationToken ct)
    {
        var db = command.Db;
        var projects = await db.Projects.Where(project => projectIds.Contains(project.Id))
            .Select(project => new { project.Id, project.OrganizationId }).ToListAsync(ct);
        foreach (var inOrganization in projects.GroupBy(project => project.OrganizationId))
        {
            var owner = await AdminSuccession.OldestOwnerAsync(db, inOrganization.Key, ct);

            // Without an active Owner there is nobody to hand over to, which was confirmed above.
            if (owner is not null)
            {
                await AdminSuccession.AppointAsync(command, inOrganization.Key, [.. inOrganization.Select(project => project.Id)], owner, ct);
            }
        }
    }

    // A changed security stamp ends what a session's row cannot: cookies and circuits that are checked against it.
    private static async Task EndSessionsAsync(Command command, User user, CancellationToken ct)
    {
        var sessions = await command.Db.UserSessions.Where(session => session.UserId == user.Id && session.EndedUtc == null).ToListAsync(ct);
        sessions.ForEach(session => session.End(command.NowUtc));
        user.SecurityStamp = Guid.NewGuid().ToString("N");
        user.ConcurrencyStamp = Guid.NewGuid().ToString();
    }

    private static AuditObject ObjectOf(User user) => new("account", user.Id, user.Email ?? "");
}
