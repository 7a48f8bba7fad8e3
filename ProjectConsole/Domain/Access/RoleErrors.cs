using ProjectConsole.Shared;

namespace ProjectConsole.Domain.Access;

#pragma warning disable CS1591 // One record per rule; the sentence says what it is.

public sealed record NoSuchRole : RuleError
{
    public override string Message => "This role does not exist here. Somebody may have deleted it meanwhile.";

    public override bool IsAbsence => true;
}

/// <summary>Projects and workspaces as somebody may know them.</summary>
/// <param name="Names">Those that the reader sees.</param>
/// <param name="Others">How many further ones there are.</param>
public sealed record HeldPlaces(IReadOnlyList<string> Names, int Others = 0)
{
    private const int Shown = 3;

    private int NotShown => Math.Max(0, Names.Count - Shown) + Others;

    /// <inheritdoc/>
    public override string ToString() => Names.Count == 0
        ? Others == 1 ? "a place that you do not see" : $"{Others:N0} places that you do not see"
        : $"{string.Join(", ", Names.Take(Shown))}{(NotShown > 0 ? $" and {NotShown:N0} more" : "")}";
}

/// <summary>A role that somebody holds is not deleted.</summary>
/// <param name="Name">The role.</param>
/// <param name="Holders">How many grants give it.</param>
/// <param name="Places">In which projects and workspaces.</param>
public sealed record RoleInUse(string Name, int Holders, HeldPlaces Places) : RuleError
{
    public override string Message =>
        $"{Name} is held by {(Holders == 1 ? "one person or team" : $"{Holders:N0} people or teams")}, in {Places}. Give them another role first.";
}

/// <summary>An organization role that a member has is not deleted.</summary>
public sealed record OrganizationRoleInUse(string Name, int Members) : RuleError
{
    public override string Message => $"{Name} is the role of {(Members == 1 ? "one member" : $"{Members:N0} members")}. Give them another role first.";
}

/// <summary>An assertion that names the role would hold for nobody.</summary>
public sealed record RoleInAssertion(string Name) : RuleError
{
    public override string Message => $"An assertion of the organization names {Name}. Change or delete it first.";
}

public sealed record TooManyRoles(int Most) : RuleError
{
    public override string Message => $"There are {Most} custom roles here already, and no more are kept. Delete one that nobody holds.";
}

public sealed record NoSuchRestriction : RuleError
{
    public override string Message => "This restriction does not exist here. Somebody may have deleted it meanwhile.";

    public override bool IsAbsence => true;
}

/// <summary>A restriction that hangs on a grant is not deleted without a word.</summary>
public sealed record RestrictionInUse(string Name, int Grants, HeldPlaces Places) : RuleError
{
    public override string Message =>
        $"{Name} restricts {(Grants == 1 ? "one person or team" : $"{Grants:N0} people or teams")}, in {Places}.";
}

public sealed record TooManyRestrictions(int Most) : RuleError
{
    public override string Message => $"There are {Most} restrictions here already, and no more are kept. Delete one that restricts nobody.";
}
