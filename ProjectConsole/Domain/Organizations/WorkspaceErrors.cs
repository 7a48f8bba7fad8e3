using ProjectConsole.Shared;

namespace ProjectConsole.Domain.Organizations;

#pragma warning disable CS1591 // One record per rule; the sentence says what it is.

public sealed record NoSuchWorkspaceGrant : RuleError
{
    public override string Message => "This role on the workspace does not exist. Somebody may have ended it meanwhile.";

    public override bool IsAbsence => true;
}

public sealed record WorkspaceGrantAlready(string Name, string Role) : RuleError
{
    public override string Message => $"{Name} has a role on this workspace already: {Role}. Nothing was changed.";
}

public sealed record OwnWorkspaceExpiry : RuleError
{
    public override string Message => "Nobody extends a role of their own. Ask somebody else who manages workspaces.";

    public override bool IsDenial => true;
}
