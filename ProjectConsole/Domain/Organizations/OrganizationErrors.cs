using ProjectConsole.Shared;

namespace ProjectConsole.Domain.Organizations;

#pragma warning disable CS1591 // One record per rule; the sentence says what it is.

/// <summary>An organization always has an active Owner.</summary>
/// <param name="Organizations">Names of the organizations that would have none.</param>
public sealed record LastOwner(IReadOnlyList<string> Organizations) : RuleError
{
    /// <inheritdoc/>
    public override string Message => $"{string.Join(", ", Organizations)} would be left without an Owner. Make somebody else Owner first.";
}

/// <summary>Owners are touched, and made, by Owners only.</summary>
public sealed record OwnersOnly : RuleError
{
    public override string Message => "Only an Owner can make, change or remove an Owner.";

    public override bool IsDenial => true;
}

public sealed record NoSuchMember : RuleError
{
    public override string Message => "This person does not belong to the organization. Somebody may have removed them meanwhile.";

    public override bool IsAbsence => true;
}

public sealed record AlreadyMember(string Address, string Role) : RuleError
{
    public override string Message => $"{Address} is a member already, as {Role}.";
}

public sealed record OrganizationRestoreTooLate(string Name) : RuleError
{
    public override string Message => $"{Name} can no longer be restored: its {Organization.RestorableFor.Days} days are over.";
}

public sealed record NotDeleted(string Name) : RuleError
{
    public override string Message => $"{Name} is not deleted. Somebody may have restored it meanwhile.";
}

public sealed record NoSuchWorkspace : RuleError
{
    public override string Message => "This workspace does not exist in the organization.";

    public override bool IsAbsence => true;
}

public sealed record AlreadyInWorkspace(string Project, string Workspace) : RuleError
{
    public override string Message => $"{Project} is in {Workspace} already. Somebody may have moved it meanwhile.";
}

public sealed record NoAllowance : RuleError
{
    public override string Message => "Your organization has no limit on its number of projects, so there is nothing to ask for.";
}

public sealed record AllowanceRequestPending(int Projects) : RuleError
{
    public override string Message => $"Your organization asked for {Projects:N0} projects already. Wait for the answer before asking again.";
}

public sealed record AllowanceRequestAnswered : RuleError
{
    public override string Message => "Somebody answered this request already.";
}

public sealed record NoSuchAllowanceRequest : RuleError
{
    public override string Message => "This request does not exist.";
}
