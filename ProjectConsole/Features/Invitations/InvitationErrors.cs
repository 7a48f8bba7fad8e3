using ProjectConsole.Domain.Invitations;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Invitations;

#pragma warning disable CS1591 // One record per rule; the sentence says what it is.

/// <summary>The token belongs to nothing: mistyped, cut, or replaced by a newer one.</summary>
public sealed record InvitationUnknown : RuleError
{
    public override string Message => "This link does not work: it was not copied whole, or a newer one was sent since.";
}

/// <summary>It was answered, taken back or not used in time; whoever holds the link may know which.</summary>
public sealed record InvitationIsOver(InvitationState State) : RuleError
{
    public override string Message => State switch
    {
        InvitationState.Accepted => "This invitation was accepted already. Sign in to see what you joined.",
        InvitationState.Declined => "This invitation was declined. Ask for a new one if you have changed your mind.",
        InvitationState.Cancelled => "This invitation was taken back. Ask the person who invited you.",
        _ => "This invitation was not used in time. Ask the person who invited you to send it again.",
    };
}

public sealed record InvitationHandedOn(string Email) : RuleError
{
    public override string Message => $"This link was handed on and proves no address. Sign in as {Email} to decline, or leave it unanswered.";
}

public sealed record InvitationForAnother(string Email) : RuleError
{
    public override string Message => $"This invitation is for {Email}. Sign out, open the link again and continue with that address.";

    public override bool IsDenial => true;
}

/// <summary>What was given then could not be given now.</summary>
public sealed record InviterMayNoLonger(string Inviter) : RuleError
{
    public override string Message => $"{Inviter} may no longer give what this invitation promises. Ask somebody there for a new one.";

    public override bool IsDenial => true;
}

public sealed record InvitedOrganizationIsGone : RuleError
{
    public override string Message => "The organization that invited you does not exist any more.";
}

public sealed record InvitedProjectIsGone : RuleError
{
    public override string Message => "The project that invited you does not exist any more.";
}

public sealed record InvitedRoleIsGone : RuleError
{
    public override string Message => "The role that this invitation promises does not exist any more. Ask for a new invitation.";
}

/// <summary>Told to somebody outside the organization when accepting; when inviting it would tell who is a member.</summary>
public sealed record NoExternalsHere(string Organization) : RuleError
{
    public override string Message => $"{Organization} does not allow external collaborators. Ask to be invited to the organization itself.";
}

public sealed record InvitedIsThereAlready : RuleError
{
    public override string Message => "You have what this invitation promises already. Nothing was changed.";
}

public sealed record MemberAlready(string Email) : RuleError
{
    public override string Message => $"{Email} is a member already. Nothing was sent.";
}

/// <summary>Every link that is sent ends the one before, so nobody floods a mailbox or kills a link that is being used.</summary>
public sealed record SentJustNow(string Email) : RuleError
{
    public override string Message => $"A link was sent to {Email} a moment ago. Wait two minutes before another.";
}

public sealed record InvitationNotPending : RuleError
{
    public override string Message => "This invitation is no longer open. Look at the list again.";
}

public sealed record TooManyInvitations : RuleError
{
    public override string Message => "Too many invitations in a short time. Try again in ten minutes.";

    public override bool IsDenial => true;
}

/// <summary>A link in a mail must not lead where the Host header of a request says.</summary>
public sealed record NoAddressForLinks : RuleError
{
    public override string Message => "No mail with a link can be sent: the administrator of the installation must say under which address people reach the console.";
}
