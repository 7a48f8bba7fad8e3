using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Data.Limits;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Invitations;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Account;

/// <summary>
/// Ends the own account: memberships, teams, grants, requests and invitations go, and so does the address. Resources stay with
/// their projects, and the audit log keeps the name of its time.
/// </summary>
public sealed class AccountDeletion(
    IDbContextFactory<ConsoleDbContext> databases, ConsoleWriter writer, AccountWriter accounts, UsageLedger ledger, IPasswordHasher<User> hasher,
    DeniedAttempts denied, TimeProvider clock)
{
    /// <summary>What the account has and loses.</summary>
    public async Task<AccountHoldings> LookAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var userId = actor.UserId;
        return new AccountHoldings(
            await db.Users.Where(user => user.Id == userId).Select(user => user.Email ?? "").FirstOrDefaultAsync(ct) ?? "",
            await (from member in db.Members.Where(member => member.UserId == userId)
                   join organization in db.Organizations on member.OrganizationId equals organization.Id
                   orderby organization.SearchText
                   select organization.Name).ToListAsync(ct),
            await db.Grants.CountAsync(grant => grant.PrincipalId == userId && grant.ProjectId != null && !grant.IsUpgrade, ct),
            await db.Resources.CountAsync(resource => resource.CreatedBy == userId, ct),
            await MemberSpaces.Granted(db, userId, null).CountAsync(ct));
    }

    /// <summary>Ends the actor's account, for who knows its password. Wrong ones count as at the door.</summary>
    public async Task<Result> DeleteAsync(Actor actor, string? password, CancellationToken ct = default)
    {
        if (await FindAsync(actor, ct) is not { } found)
        {
            return new NotFound();
        }

        var isRight = hasher.VerifyHashedPassword(found, found.PasswordHash ?? "", password ?? "") != PasswordVerificationResult.Failed;
        var tried = await accounts.WriteAsync(actor, command => PasswordTries.CountAsync(command, found, isRight, ct), ct);
        if (tried.User is null)
        {
            var refusal = new Invalid("Password", tried.Problem);
            denied.Report(actor, null, null, AuditActions.AccountDeleted, refusal, clock.GetUtcNow().UtcDateTime);
            return refusal;
        }

        return await writer.WriteAsync(actor, CommandTarget.OnOwnAccount(AuditActions.AccountDeleted), command => DeleteAsync(command, ct), ct);
    }

    private async Task<User?> FindAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Users.AsNoTracking().FirstOrDefaultAsync(user => user.Id == actor.UserId, ct);
    }

    private async Task<Result> DeleteAsync(Command command, CancellationToken ct)
    {
        var (db, userId) = (command.Db, command.Actor.UserId);
        // Raising locks the organizations' rows: nobody makes this person the last Owner or Admin meanwhile.
        await command.RaiseOrganizationsOfAsync(userId, ct);
        await command.AffectsAsync([userId], ct);
        var user = await db.Users.SingleAsync(row => row.Id == userId, ct);
        if (user.IsInstallationAdministrator
            && !await db.Users.AnyAsync(other => other.Id != userId && other.IsInstallationAdministrator && other.LockedUtc == null, ct))
        {
            return new LastAdministrator();
        }

        await EndAccessAsync(command, user, ct);
        await EndAskingAsync(command, ct);
        command.Audit(AuditActions.AccountDeleted, new AuditObject("account", userId, user.Email ?? ""));
        await ForgetAsync(command, user, ct);
        return Result.Ok;
    }

    private async Task EndAccessAsync(Command command, User user, CancellationToken ct)
    {
        var (db, name) = (command.Db, user.Email ?? "");
        var grants = await db.Grants.Where(grant => grant.PrincipalId == user.Id).ToListAsync(ct);
        var members = await db.Members.Where(member => member.UserId == user.Id).ToListAsync(ct);
        foreach (var grant in grants.Where(grant => grant.ProjectId is not null).OrderByDescending(grant => grant.IsUpgrade))
        {
            command.AuditIn(
                grant.OrganizationId, grant.ProjectId, grant.IsUpgrade ? AuditActions.CollaboratorRaiseEnded : AuditActions.CollaboratorLeft,
                new AuditObject("collaborator", user.Id, name),
                GrantState.Of(grant, isTeam: false) with { External = !members.Exists(member => member.OrganizationId == grant.OrganizationId) });
        }

        foreach (var member in members)
        {
            command.AuditIn(member.OrganizationId, null, AuditActions.MemberLeft, new AuditObject("member", user.Id, name), new { Role = member.RoleKey });
        }

        db.Grants.RemoveRange(grants);
        db.Members.RemoveRange(members);
        await MemberSpaces.LeaveAsync(command, ledger, user.Id, null, ct);
        db.Principals.RemoveRange(await db.Principals.Where(principal => principal.UserId == user.Id && principal.Id != user.Id).ToListAsync(ct));
    }

    private static async Task EndAskingAsync(Command command, CancellationToken ct)
    {
        var (db, actor, now) = (command.Db, command.Actor, command.NowUtc);
        foreach (var request in await db.AccessRequests.Where(request => request.UserId == actor.UserId && request.State == AccessRequestState.Pending).ToListAsync(ct))
        {
            request.Close(AccessRequestState.Withdrawn, actor.UserId, actor.Name, "", now);
        }

        foreach (var invitation in await db.Invitations.Where(invitation => invitation.InvitedBy == actor.UserId && invitation.State == InvitationState.Pending).ToListAsync(ct))
        {
            invitation.Close(InvitationState.Cancelled, now);
        }
    }

    // The row stays, because sessions and requests refer to it; nothing in it says who it was.
    private static async Task ForgetAsync(Command command, User user, CancellationToken ct)
    {
        var (db, nobody) = (command.Db, $"deleted {user.Id:N}");
        db.UserLogins.RemoveRange(await db.UserLogins.Where(login => login.UserId == user.Id).ToListAsync(ct));
        db.UserTokens.RemoveRange(await db.UserTokens.Where(token => token.UserId == user.Id).ToListAsync(ct));
        db.UserClaims.RemoveRange(await db.UserClaims.Where(claim => claim.UserId == user.Id).ToListAsync(ct));
        db.ProjectVisits.RemoveRange(await db.ProjectVisits.Where(visit => visit.UserId == user.Id).ToListAsync(ct));
        db.PersonalTokens.RemoveRange(await db.PersonalTokens.Where(token => token.UserId == user.Id).ToListAsync(ct));
        db.SshKeys.RemoveRange(await db.SshKeys.Where(key => key.UserId == user.Id).ToListAsync(ct));
        foreach (var session in await db.UserSessions.Where(session => session.UserId == user.Id && session.EndedUtc == null).ToListAsync(ct))
        {
            session.End(command.NowUtc);
        }

        (user.UserName, user.NormalizedUserName, user.Email, user.NormalizedEmail) = (nobody, nobody.ToUpperInvariant(), null, null);
        (user.EmailConfirmed, user.PasswordHash, user.PhoneNumber, user.DisplayName) = (false, null, null, "");
        (user.IsInstallationAdministrator, user.LockedUtc) = (false, command.NowUtc);
        AccountCreation.Restamp(user);
    }
}

/// <summary>What an account has, for the page that ends it.</summary>
/// <param name="Email">Its address.</param>
/// <param name="Organizations">Names of the organizations it belongs to.</param>
/// <param name="Projects">In how many projects it is a collaborator.</param>
/// <param name="Resources">How many resources it created; they stay.</param>
/// <param name="Shares">How many shares of its personal spaces projects have or are offered; they end.</param>
public sealed record AccountHoldings(string Email, IReadOnlyList<string> Organizations, int Projects, int Resources, int Shares);
