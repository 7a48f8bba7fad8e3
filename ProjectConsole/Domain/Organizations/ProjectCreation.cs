namespace ProjectConsole.Domain.Organizations;

/// <summary>Who may create projects in an organization. Owners and Admins always may.</summary>
public enum ProjectCreation
{
    /// <summary>Every member but Auditors.</summary>
    Everyone,

    /// <summary>The members that are ticked.</summary>
    TickedMembers,

    /// <summary>Owners and Admins only.</summary>
    Admins,
}
