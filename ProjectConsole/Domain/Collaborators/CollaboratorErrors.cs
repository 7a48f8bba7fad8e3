using System.Globalization;
using ProjectConsole.Domain.Access;
using ProjectConsole.Shared;

namespace ProjectConsole.Domain.Collaborators;

#pragma warning disable CS1591 // One record per rule; the sentence says what it is.

/// <summary>Nobody gives or takes what they do not hold.</summary>
public sealed record ExceedsOwn(IReadOnlyList<string> Missing) : RuleError
{
    private const int Shown = 5;

    public ExceedsOwn(PermissionSet missing)
        : this([.. missing.Select(permission => permission.Title)])
    {
    }

    public override string Message =>
        $"This goes beyond what you hold yourself: {string.Join(", ", Missing.Take(Shown))}{(Missing.Count > Shown ? $" and {Missing.Count - Shown} more" : "")}.";

    public override bool IsDenial => true;
}

/// <summary>What is held only until a moment is passed on at most until that moment.</summary>
public sealed record OutlivesOwn(DateTime UntilUtc) : RuleError
{
    public override string Message =>
        $"You hold this yourself only until {UntilUtc.ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture)}. What you give must end by then.";

    public override bool IsDenial => true;
}

public sealed record ExtendsOwn : RuleError
{
    public override string Message => "Nobody extends the own access. Ask somebody else who manages collaborators.";

    public override bool IsDenial => true;
}

public sealed record RaisesOwn : RuleError
{
    public override string Message => "Nobody raises the own role. Ask somebody else who manages collaborators.";

    public override bool IsDenial => true;
}

/// <summary>CloudStack's account rule: whoever is in through a team is not added beside it.</summary>
public sealed record InThroughTeam(string Email, string Team) : RuleError
{
    public override string Message =>
        $"{Email} is in already through the team {Team}. This organization gives no grants beside teams: change the team's role, or raise the person for a while.";
}

/// <summary>People are not added to this organization or its projects; they are invited.</summary>
public sealed record JoinsByInvitation : RuleError
{
    public override string Message => "This organization takes people in by invitation.";
}

public sealed record HasThatAlready(string Name) : RuleError
{
    public override string Message => $"{Name} has that already. Nothing was changed.";
}

public sealed record NotRaised : RuleError
{
    public override string Message => "There is no temporary role to end. It may have ended by itself meanwhile.";
}

/// <summary>The one answer for every id that is in the project by no path.</summary>
public sealed record NotInProject : RuleError
{
    public override string Message => "A temporary role is for those who are in the project already. Add them as a collaborator instead.";
}

/// <summary>Every project but the Default one keeps an Admin.</summary>
/// <param name="Projects">Names of those that the actor sees.</param>
/// <param name="Others">How many further projects there are.</param>
public sealed record LastAdmin(IReadOnlyList<string> Projects, int Others = 0) : RuleError
{
    private const int Shown = 5;

    /// <summary>How many projects in all.</summary>
    public int Count => Projects.Count + Others;

    public override string Message => $"{Named} would be left without an Admin. Make somebody else Admin first.";

    private int NotShown => Math.Max(0, Projects.Count - Shown) + Others;

    private string Named => Projects.Count == 0
        ? Others == 1 ? "A project that you do not see" : $"{Others:N0} projects that you do not see"
        : $"{string.Join(", ", Projects.Take(Shown))}{(NotShown > 0 ? $" and {NotShown:N0} more {(NotShown == 1 ? "project" : "projects")}" : "")}";
}

/// <summary>The one answer for every address outside the organization, known elsewhere or not.</summary>
public sealed record NoAccountHere : RuleError
{
    public override string Message => "There is no account with this address in this organization.";
}

/// <summary>The answer for an unknown address when people outside the organization are asked for. Tries are written to the audit log.</summary>
public sealed record NoAccountAnywhere(string Email) : RuleError
{
    public override string Message => $"There is no account with the address {Email}.";

    public override bool IsDenial => true;
}

/// <summary>For the log alone: a preview answered that there is such an account, and nothing was added.</summary>
public sealed record AskedInPreview(string Email) : RuleError
{
    public override string Message => $"A preview told that there is an account with the address {Email}; nobody was added by it.";
}

/// <summary>Asking for people outside the organization again and again would tell who has an account.</summary>
public sealed record TooManyExternalTries(TimeSpan Window) : RuleError
{
    public override string Message => $"Too many addresses outside the organization were tried. Try again in {Window.TotalMinutes:0} minutes.";

    public override bool IsDenial => true;
}

public sealed record ExternalsSwitchedOff : RuleError
{
    public override string Message => "This organization does not allow external collaborators.";

    public override bool IsDenial => true;
}

public sealed record CollaboratorAlready(string Email, string Role) : RuleError
{
    public override string Message => $"{Email} is a collaborator already, as {Role}. Nothing was changed.";
}

public sealed record AdminAlready(string Email, string OrganizationRole) : RuleError
{
    public override string Message => $"{Email} is Admin already, as {OrganizationRole} of the organization. Nothing was changed.";
}

/// <summary>The one answer for everybody without a grant on the project itself, whatever else the id names.</summary>
public sealed record NoDirectGrant : RuleError
{
    public override string Message => "This person has no grant on the project itself. Somebody may have removed them meanwhile.";
}

public sealed record NothingToLeave(string Project) : RuleError
{
    public override string Message => $"You have no grant on {Project} itself, so there is nothing to leave.";
}
