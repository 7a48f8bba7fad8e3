using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Invitations;
using ProjectConsole.Features.Account;
using ProjectConsole.Features.Account.Mail;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Invitations;

/// <summary>
/// Invites addresses to an organization, a project or both. Whether an address has an account is not told: the answer, and the
/// work for it, are the same.
/// </summary>
public sealed class InvitationsService(
    ConsoleWriter writer, IDbContextFactory<ConsoleDbContext> databases, InvitationOffers offers, AddressTries tries, MailQueue mails)
{
    /// <summary>For how long a link that was just sent keeps another one back.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMinutes(2);

    /// <summary>Invites each address and answers a line for each. Inviting one again sends its open invitation again.</summary>
    public async Task<Result<IReadOnlyList<InvitedLine>>> InviteAsync(
        Actor actor, InvitationPlace place, NewInvitations typed, PublicAddress? site, CancellationToken ct = default)
    {
        var addresses = AddressList.Split(typed.Addresses);
        if (AddressList.Problem(addresses) is { } problem)
        {
            return new Invalid(nameof(NewInvitations.Addresses), problem);
        }

        if (site is null || Refuse(place, typed, site) is not null)
        {
            return Refuse(place, typed, site)!;
        }

        var offer = new InvitationOffer(typed.OrganizationRole, place.ProjectId, typed.ProjectRole, typed.GrantExpiresUtc);
        var target = InvitationOffers.Target(place.OrganizationId, offer, AuditActions.InvitationSent, CommandLock.Exclusive);
        var result = await writer.WriteAsync(actor, target, command => InviteAsync(command, offer, addresses, site, ct), ct);
        mails.Wake();
        return result;
    }

    /// <summary>
    /// What an offer would give whoever accepts it, or why the actor may not send it, to as many as are typed. No address is asked for.
    /// </summary>
    public async Task<Result<InvitationPreview>> PreviewAsync(
        Actor actor, InvitationPlace place, NewInvitations typed, PublicAddress? site, CancellationToken ct = default)
    {
        var addresses = AddressList.Split(typed.Addresses);
        var problem = addresses.Count == 0 ? null : AddressList.Problem(addresses);
        if ((problem is null ? Refuse(place, typed, site) : new Invalid(nameof(NewInvitations.Addresses), problem)) is { } refusal)
        {
            return refusal;
        }

        var offer = new InvitationOffer(typed.OrganizationRole, place.ProjectId, typed.ProjectRole, typed.GrantExpiresUtc);
        var target = InvitationOffers.Target(place.OrganizationId, offer, AuditActions.InvitationSent, CommandLock.Exclusive);
        return await writer.WriteAsync<InvitationPreview>(actor with { DryRun = true }, target, async command =>
        {
            var checkedOffer = await CheckAsync(command, offer, ct);
            return !checkedOffer.Succeeded ? checkedOffer.Error
                : !tries.MayAsk(actor.UserId, AddressUse.Invite, Valid(addresses)) ? new TooManyInvitations()
                : InvitationPreview.Of(checkedOffer.Value, offer.GrantExpiresUtc);
        }, ct);
    }

    /// <summary>Sends an open or expired invitation again: with a new link, after which the old one is dead.</summary>
    public async Task<Result> ResendAsync(Actor actor, InvitationPlace place, Guid id, PublicAddress? site, CancellationToken ct = default)
    {
        if (site is null)
        {
            return new NoAddressForLinks();
        }

        var result = await ChangeAsync(actor, place, id, AuditActions.InvitationSent, (command, invitation, offer) =>
        {
            if (command.NowUtc - invitation.SentUtc < Pace)
            {
                return new SentJustNow(invitation.Email);
            }

            Send(command, invitation, offer.Words, site);
            return "";
        }, ct);
        mails.Wake();
        return result.Succeeded ? Result.Ok : result.Error;
    }

    /// <summary>Makes a new link without sending it, and answers its token, which nobody can read again. The old link is dead.</summary>
    public Task<Result<string>> CopyLinkAsync(Actor actor, InvitationPlace place, Guid id, CancellationToken ct = default) =>
        ChangeAsync(actor, place, id, AuditActions.InvitationLinkCopied, (command, invitation, offer) =>
        {
            var token = InvitationToken.New();
            // Whoever invites holds it too, so it proves nothing about the address.
            invitation.Send(InvitationToken.HashOfCopied(token), command.Actor.UserId, command.Actor.Name, command.NowUtc);
            Audit(command, AuditActions.InvitationLinkCopied, invitation);
            return token;
        }, ct);

    /// <summary>Takes an open invitation back; its link is dead.</summary>
    public async Task<Result> CancelAsync(Actor actor, InvitationPlace place, Guid id, CancellationToken ct = default)
    {
        if (await FindAsync(place, id, ct) is not { } found)
        {
            return new NotFound();
        }

        var target = InvitationOffers.Target(place.OrganizationId, OfferOf(found), AuditActions.InvitationCancelled, CommandLock.Exclusive);
        return await writer.WriteAsync(actor, target, async command =>
        {
            var invitation = await command.Db.Invitations.SingleAsync(row => row.Id == id, ct);
            if (invitation.StateAt(command.NowUtc) != InvitationState.Pending)
            {
                return new InvitationNotPending();
            }

            invitation.Close(InvitationState.Cancelled, command.NowUtc);
            Audit(command, AuditActions.InvitationCancelled, invitation);
            return Result.Ok;
        }, ct);
    }

    internal static InvitationOffer OfferOf(Invitation invitation) =>
        new(invitation.OrganizationRoleKey, invitation.ProjectId, invitation.ProjectRoleKey, invitation.GrantExpiresUtc);

    internal static void Audit(Command command, string action, Invitation invitation) => command.AuditIn(
        invitation.OrganizationId, invitation.ProjectId, action, new AuditObject("invitation", invitation.Id, invitation.Email),
        after: new { OrganizationRole = invitation.OrganizationRoleKey, Role = invitation.ProjectRoleKey, invitation.GrantExpiresUtc });

    private async Task<Result<IReadOnlyList<InvitedLine>>> InviteAsync(
        Command command, InvitationOffer offer, IReadOnlyList<string> addresses, PublicAddress site, CancellationToken ct)
    {
        var checkedOffer = await CheckAsync(command, offer, ct);
        if (!checkedOffer.Succeeded)
        {
            return checkedOffer.Error;
        }

        if (!tries.Take(command.Actor.UserId, AddressUse.Invite, Valid(addresses)))
        {
            return new TooManyInvitations();
        }

        var known = await InvitedPeople.FindAsync(command.Db, checkedOffer.Value, addresses, command.NowUtc, ct);
        return addresses.Select(address => new InvitedLine(address, Invite(command, checkedOffer.Value, offer, address, known, site))).ToList();
    }

    // What a preview refuses too.
    private static Error? Refuse(InvitationPlace place, NewInvitations typed, PublicAddress? site) =>
        (typed.OrganizationRole ?? typed.ProjectRole) is null || (typed.ProjectRole is null) != (place.ProjectId is null)
            ? new Invalid(nameof(NewInvitations.ProjectRole), "Choose one of the roles offered.")
            : site is null ? new NoAddressForLinks() : null;

    private async Task<Result<CheckedOffer>> CheckAsync(Command command, InvitationOffer offer, CancellationToken ct)
    {
        var checkedOffer = await offers.CheckAsync(command, command.Actor, offer, ct);
        return checkedOffer.Succeeded && offer.GrantExpiresUtc <= command.NowUtc
            ? new Invalid(nameof(NewInvitations.GrantExpiresUtc), "Choose a moment in the future.")
            : checkedOffer;
    }

    private static IReadOnlyCollection<string> Valid(IEnumerable<string> addresses) => [.. addresses.Where(address => EmailAddress.Problem(address) is null)];

    private static Error? Invite(Command command, CheckedOffer offer, InvitationOffer stored, string address, InvitedPeople known, PublicAddress site)
    {
        if (EmailAddress.Problem(address) is { } problem)
        {
            return new Invalid(nameof(NewInvitations.Addresses), problem);
        }

        var normalized = EmailAddress.Normalize(address);
        if (known.Refuse(address, normalized, offer) is { } refusal)
        {
            return refusal;
        }

        var open = known.Open(normalized);
        if (open is not null && command.NowUtc - open.SentUtc < Pace && OfferOf(open) == stored)
        {
            return new SentJustNow(address);
        }

        if (open is not null && (OfferOf(open) != stored || open.StateAt(command.NowUtc) != InvitationState.Pending))
        {
            // Bound to what it promised: something else is another invitation.
            if (open.StateAt(command.NowUtc) == InvitationState.Expired)
            {
                open.Close(InvitationState.Expired, command.NowUtc);
            }
            else
            {
                OpenInvitations.Cancel(command, open);
            }

            open = null;
        }

        open ??= command.Db.Invitations.Add(new Invitation(offer.Organization.Id, address, normalized, stored)).Entity;
        Send(command, open, offer.Words, site);
        return null;
    }

    private static void Send(Command command, Invitation invitation, InvitationWords words, PublicAddress site)
    {
        var token = InvitationToken.New();
        invitation.Send(InvitationToken.Hash(token), command.Actor.UserId, command.Actor.Name, command.NowUtc);
        MailOutbox.Write(command.Db, InvitationMails.Invite(invitation, words, site, token), command.NowUtc);
        Audit(command, AuditActions.InvitationSent, invitation);
    }

    // Whoever makes a link becomes the one who invites, so the offer is checked like a new one.
    private async Task<Result<string>> ChangeAsync(
        Actor actor, InvitationPlace place, Guid id, string action, Func<Command, Invitation, CheckedOffer, Result<string>> change, CancellationToken ct)
    {
        if (await FindAsync(place, id, ct) is not { } found)
        {
            return new NotFound();
        }

        var offer = OfferOf(found);
        return await writer.WriteAsync<string>(actor, InvitationOffers.Target(place.OrganizationId, offer, action, CommandLock.Exclusive), async command =>
        {
            var invitation = await command.Db.Invitations.SingleAsync(row => row.Id == id, ct);
            if (invitation.StateAt(command.NowUtc) is not (InvitationState.Pending or InvitationState.Expired))
            {
                return new InvitationNotPending();
            }

            var checkedOffer = await offers.CheckAsync(command, command.Actor, offer, ct);
            return checkedOffer.Succeeded ? change(command, invitation, checkedOffer.Value) : checkedOffer.Error;
        }, ct);
    }

    // Keyed by the place: another project's or organization's invitation does not exist here. Who may look is decided by the command.
    private async Task<Invitation?> FindAsync(InvitationPlace place, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Invitations.AsNoTracking().SingleOrDefaultAsync(
            row => row.Id == id && row.OrganizationId == place.OrganizationId && (place.ProjectId == null || row.ProjectId == place.ProjectId), ct);
    }
}
