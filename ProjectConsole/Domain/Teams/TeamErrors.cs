using ProjectConsole.Shared;

namespace ProjectConsole.Domain.Teams;

#pragma warning disable CS1591 // One record per rule; the sentence says what it is.

public sealed record NoSuchTeam : RuleError
{
    public override string Message => "This team does not exist in the organization. Somebody may have deleted it meanwhile.";

    public override bool IsAbsence => true;
}

public sealed record NotInTeam(string Team) : RuleError
{
    public override string Message => $"This person is not in {Team}. Somebody may have taken them out meanwhile.";
}

public sealed record AlreadyInTeam(string Address, string Team) : RuleError
{
    public override string Message => $"{Address} is in {Team} already.";
}

/// <summary>An assertion that allows only this team would lose its meaning.</summary>
public sealed record TeamNamedByAssertion(string Team) : RuleError
{
    public override string Message => $"An assertion names {Team}. Delete the assertion first.";
}
