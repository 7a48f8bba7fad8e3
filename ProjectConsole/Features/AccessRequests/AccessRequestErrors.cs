using ProjectConsole.Shared;

namespace ProjectConsole.Features.AccessRequests;

#pragma warning disable CS1591 // One record per rule; the sentence says what it is.

public sealed record RequestNotPending : RuleError
{
    public override string Message => "This request was answered or withdrawn already. Look at the list again.";
}

public sealed record OwnRequest : RuleError
{
    public override string Message => "Nobody answers their own request. Somebody else who manages collaborators has to.";

    public override bool IsDenial => true;
}

public sealed record RequesterIsGone(string Email) : RuleError
{
    public override string Message => $"{Email} does not belong to the organization any more. Decline the request.";
}

public sealed record RequestedRoleIsGone : RuleError
{
    public override string Message => "The role that was asked for does not exist any more. Choose another one, or decline.";
}

public sealed record MoreThanAsked : RuleError
{
    public override string Message => "This is more, or for longer, than was asked for. Grant that much or less.";
}

public sealed record HeldAlready(string Role) : RuleError
{
    public override string Message => $"You hold all of {Role} here already.";
}

public sealed record RequesterHoldsAlready(string Email, string Role) : RuleError
{
    public override string Message => $"{Email} holds {Role} here already. Choose another role, or decline.";
}

public sealed record TooManyRequests : RuleError
{
    public override string Message => "You asked for access many times in a short while. Try again in an hour.";
}
