using ProjectConsole.Shared;

namespace ProjectConsole.Domain.Projects;

#pragma warning disable CS1591 // One record per rule; the sentence says what it is.

public sealed record DefaultProjectStays(string Participle) : RuleError
{
    public override string Message => $"The Default Project cannot be {Participle}: every member of the organization relies on it.";
}

public sealed record WrongProjectState(string Name, ProjectState State, string Participle) : RuleError
{
    public override string Message => $"{Name} is {State}, so it cannot be {Participle}. Somebody may have changed it meanwhile.";
}

public sealed record SuspendedByTheOrganization(string Name) : RuleError
{
    public override string Message => $"{Name} was suspended by the organization. Only an Owner or Admin of the organization can activate it.";
}

public sealed record RestoreTooLate(string Name) : RuleError
{
    public override string Message => $"{Name} can no longer be restored: its {Project.RestorableFor.Days} days are over.";
}

public sealed record SlugTaken(string Typed) : RuleError
{
    public override string Message => $"{Typed} is taken. Project IDs are never used again, and hyphens and underscores count as equal.";
}

public sealed record AllowanceReached(int Used, int Allowance) : RuleError
{
    public override string Message => Allowance == 1
        ? "Your organization has its Default Project and an allowance of 1. Use Request more projects to ask for more."
        : $"Your organization uses {Used} of {Allowance} projects. Use Request more projects to ask for more.";
}

public sealed record ProjectsPerPersonReached(int Used, int Limit) : RuleError
{
    public override string Message => $"You created {Used} of the {Limit} projects that one person may have in this organization.";
}

/// <summary>A stolen session must not empty an organization before anybody looks.</summary>
/// <param name="Most">How many within an hour.</param>
/// <param name="GoOnUtc">When the next one can be deleted, UTC.</param>
public sealed record TooManyDeletions(int Most, DateTime GoOnUtc) : RuleError
{
    public override string Message =>
        $"{Most} projects of your organization were deleted within an hour, which is the most. Go on after {GoOnUtc.AddMinutes(1):HH:mm} UTC, or ask the administrator of the installation.";

    public override bool IsDenial => true;
}

public sealed record ProjectIsSuspended(string Name) : RuleError
{
    public override string Message => $"{Name} is suspended, so this cannot be done now. Somebody who may suspend it can activate it again.";
}
