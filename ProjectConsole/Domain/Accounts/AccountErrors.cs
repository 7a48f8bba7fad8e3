using ProjectConsole.Shared;

namespace ProjectConsole.Domain.Accounts;

#pragma warning disable CS1591 // One record per rule; the sentence says what it is.

public sealed record NoSuchAccount : RuleError
{
    public override string Message => "This account does not exist.";
}

public sealed record OwnAccount : RuleError
{
    public override string Message => "You cannot lock your own account.";
}

/// <summary>Says how many organizations and not which, for the same reason as <see cref="LockLeavesProjects"/>.</summary>
public sealed record LockLeavesOrganizations(int Organizations) : RuleError
{
    public override string Message =>
        $"{(Organizations == 1 ? "1 organization" : $"{Organizations:N0} organizations")} would be left without an active Owner. Have somebody else made Owner first, or confirm that there is none until the account is unlocked.";
}

/// <summary>Says how many projects and not which: an administrator of the installation sees nothing inside organizations.</summary>
public sealed record LockLeavesProjects(int Projects) : RuleError
{
    public override string Message =>
        $"{(Projects == 1 ? "1 project" : $"{Projects:N0} projects")} would be left without an Admin. Let an Owner of the organization become Admin there, or have somebody else made Admin first.";
}

/// <summary>Somebody answers for the installation at all times.</summary>
public sealed record LastAdministrator : RuleError
{
    public override string Message => "You are the only administrator of the installation. Make somebody else administrator first.";
}
