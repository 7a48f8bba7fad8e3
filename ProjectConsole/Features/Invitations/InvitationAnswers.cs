using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Invitations;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Features.Account;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Invitations;

/// <summary>
/// Accepts and declines invitations by their links. Opening a link changes nothing, because programs that look into mails open links too.
/// </summary>
public sealed class InvitationAnswers(
    ConsoleWriter writer, AccountWriter accounts, IDbContextFactory<ConsoleDbContext> databases, InvitationOffers offers, TimeProvider clock)
{
    /// <summary>What the link offers, or why it does so no longer.</summary>
    public async Task<Result<OpenInvitation>> LookAsync(Actor actor, string? token, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = await FindAsync(db, token, ct);
        if (!found.Succeeded)
        {
            return found.Error;
        }

        var invitation = found.Value;
        var names = await (from organization in db.Organizations.Where(organization => organization.Id == invitation.OrganizationId)
                           from project in db.Projects.Where(project => project.Id == invitation.ProjectId).DefaultIfEmpty()
                           select new
                           {
                               Organization = organization.Name,
                               OrganizationIsGone = organization.DeletedUtc != null,
                               Project = project!.Name,
                               ProjectState = (ProjectState?)project!.State,
                               HasAccount = db.Users.Any(user => user.NormalizedEmail == invitation.NormalizedEmail && user.EmailConfirmed),
                           }).FirstAsync(ct);
        if (names.OrganizationIsGone || names.ProjectState == ProjectState.Deleted)
        {
            return names.OrganizationIsGone ? new InvitedOrganizationIsGone() : new InvitedProjectIsGone();
        }

        var organizationRole = await RoleCatalogue.FindOrganizationRoleAsync(db, invitation.OrganizationId, invitation.OrganizationRoleKey, ct);
        var projectRole = invitation.ProjectId is not { } projectId ? null
            : await RoleCatalogue.FindProjectRoleAsync(db, new ProjectScope(invitation.OrganizationId, projectId), invitation.ProjectRoleKey, ct);
        return new OpenInvitation(
            invitation.Email, names.Organization, names.Project, organizationRole?.Title, projectRole?.Title, invitation.InvitedByName, invitation.ExpiresUtc,
            invitation.GrantExpiresUtc, names.HasAccount, InvitationToken.ProvesAddress(invitation.TokenHash));
    }

    /// <summary>Joins: membership, grant, the end of the invitation and the audit entries, or nothing of it.</summary>
    public async Task<Result<JoinedPlace>> AcceptAsync(Actor actor, string? token, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = await FindAsync(db, token, ct);
        if (!found.Succeeded)
        {
            return found.Error;
        }

        var invitation = found.Value;
        var offer = InvitationsService.OfferOf(invitation);
        var target = InvitationOffers.Target(invitation.OrganizationId, offer, AuditActions.InvitationAccepted, CommandLock.Access) with { ByPermissionOf = invitation.InvitedBy };
        var result = await writer.WriteAsync(actor, target, command => AcceptAsync(command, invitation.Id, token, ct), ct);
        return result.Error is NotFound or Forbidden or ExceedsOwn or OutlivesOwn or OwnersOnly ? await ExplainAsync(db, invitation, ct) : result;
    }

    /// <summary>
    /// Says no. A mailed link is enough, because it reached the address. One that was copied is held by whoever invited and may be by
    /// anybody else: there only the session of that address says no.
    /// </summary>
    public Task<Result> DeclineAsync(Actor actor, string? token, CancellationToken ct = default) =>
        accounts.WriteAsync(actor, async command =>
        {
            var found = await FindAsync(command.Db, token, ct);
            if ((found.Error ?? await RefuseToDeclineAsync(command.Db, actor, found.Value, ct)) is { } refusal)
            {
                return (Result)refusal;
            }

            var invitation = found.Value;
            invitation.Close(InvitationState.Declined, command.NowUtc);
            command.Db.AuditEntries.Add(new AuditEntry(
                actor.InAudit(invitation.OrganizationId, invitation.ProjectId, command.NowUtc), AuditActions.InvitationDeclined,
                new AuditObject("invitation", invitation.Id, invitation.Email), AuditResult.Done));
            return Result.Ok;
        }, ct);

    /// <summary>Finds an open invitation by its token, tracked.</summary>
    internal async Task<Result<Invitation>> FindAsync(ConsoleDbContext db, string? token, CancellationToken ct)
    {
        var (mailed, copied) = (InvitationToken.Hash(token), InvitationToken.HashOfCopied(token));
        var invitation = await db.Invitations.FirstOrDefaultAsync(row => row.TokenHash == mailed || row.TokenHash == copied, ct);
        return invitation is null ? new InvitationUnknown()
            : invitation.StateAt(clock.GetUtcNow().UtcDateTime) is not InvitationState.Pending and var state ? new InvitationIsOver(state)
            : invitation;
    }

    private static async Task<Error?> RefuseToDeclineAsync(ConsoleDbContext db, Actor actor, Invitation invitation, CancellationToken ct) =>
        actor.Kind != AuditActorKind.Person ? InvitationToken.ProvesAddress(invitation.TokenHash) ? null : new InvitationHandedOn(invitation.Email)
        : await IsForAsync(db, invitation, actor.UserId, ct) ? null
        : new InvitationForAnother(invitation.Email);

    private static Task<bool> IsForAsync(ConsoleDbContext db, Invitation invitation, Guid userId, CancellationToken ct) =>
        db.Users.AnyAsync(user => user.Id == userId && user.NormalizedEmail == invitation.NormalizedEmail && user.EmailConfirmed && user.LockedUtc == null, ct);

    private async Task<Result<JoinedPlace>> AcceptAsync(Command command, Guid id, string? token, CancellationToken ct)
    {
        var (db, userId) = (command.Db, command.Actor.UserId);
        var found = await FindAsync(db, token, ct);
        if (!found.Succeeded || found.Value.Id != id)
        {
            return found.Error ?? new InvitationUnknown();
        }

        var invitation = found.Value;
        if (!await IsForAsync(db, invitation, userId, ct))
        {
            return new InvitationForAnother(invitation.Email);
        }

        var offer = await offers.CheckAsync(command, new Actor(invitation.InvitedBy, "", "", ""), InvitationsService.OfferOf(invitation), ct);
        if (!offer.Succeeded)
        {
            return offer.Error;
        }

        var person = await InvitedPerson.FindAsync(db, offer.Value, userId, command.NowUtc, ct);
        if (await person.RefuseAsync(command, offer.Value, ct) is { } refusal)
        {
            return refusal;
        }

        await JoinAsync(command, invitation, offer.Value, person, ct);
        return new JoinedPlace(offer.Value.Organization.Slug, offer.Value.Project?.Project.Slug);
    }

    private static async Task JoinAsync(Command command, Invitation invitation, CheckedOffer offer, InvitedPerson person, CancellationToken ct)
    {
        var (db, userId, organizationId, projectId) = (command.Db, command.Actor.UserId, offer.Organization.Id, invitation.ProjectId);
        await command.AffectsAsync([userId], ct);
        await command.AffectsAsync([userId], db.Projects.Where(project => project.OrganizationId == organizationId && (project.IsDefault || project.Id == projectId)), ct);
        if (offer.OrganizationRole is { } role && person.Lacks(role))
        {
            db.Members.Add(new Member(organizationId, userId, role, command.NowUtc));
            await MemberSpaces.ReturnAsync(command, organizationId, [userId], ct);
            command.AuditIn(organizationId, null, AuditActions.MemberAdded, new AuditObject("member", userId, command.Actor.Name), after: new { Role = role.Key, invitation.InvitedByName });
        }

        if (offer is { Project: { } project, ProjectRole: { } granted } && person.LacksGrant)
        {
            // A grant that ended by itself is still a row, and there is one for each person.
            var grant = person.Standing ?? db.Grants.Add(Grant.OnProject(
                organizationId, project.Project.Id, userId, granted, invitation.InvitedBy, invitation.InvitedByName, command.NowUtc)).Entity;
            grant.ChangeRole(granted, invitation.InvitedBy, invitation.InvitedByName, command.NowUtc);
            grant.With(invitation.GrantExpiresUtc);
            command.AuditIn(
                organizationId, project.Project.Id, AuditActions.CollaboratorAdded, new AuditObject("collaborator", userId, command.Actor.Name),
                after: GrantState.Of(grant, isTeam: false) with { External = person.MemberRole is null && offer.OrganizationRole is null });
        }

        invitation.Close(InvitationState.Accepted, command.NowUtc);
        InvitationsService.Audit(command, AuditActions.InvitationAccepted, invitation);
    }

    // Somebody who has nothing here cannot be told what the giver lacks, only that the promise does not hold.
    private static async Task<Error> ExplainAsync(ConsoleDbContext db, Invitation invitation, CancellationToken ct)
    {
        if (await db.Organizations.AnyAsync(organization => organization.Id == invitation.OrganizationId && organization.DeletedUtc != null, ct))
        {
            return new InvitedOrganizationIsGone();
        }

        return await db.Projects.AnyAsync(project => project.Id == invitation.ProjectId && project.State == ProjectState.Deleted, ct)
            ? new InvitedProjectIsGone()
            : new InviterMayNoLonger(invitation.InvitedByName);
    }
}
