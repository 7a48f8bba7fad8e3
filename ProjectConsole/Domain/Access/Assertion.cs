namespace ProjectConsole.Domain.Access;

/// <summary>The three fixed forms of an assertion.</summary>
public enum AssertionForm
{
    /// <summary>Nobody may hold the permission.</summary>
    Nobody,

    /// <summary>Only those in the team, or with the role, may hold the permission.</summary>
    Only,

    /// <summary>People outside the organization never hold the permission.</summary>
    NotExternal,
}

/// <summary>A sentence about access that every change is checked against.</summary>
public sealed class Assertion
{
    /// <summary>The most characters of a reason.</summary>
    public const int LongestReason = 500;

    private Assertion()
    {
    }

    /// <summary>Makes an assertion of checked parts.</summary>
    /// <param name="organizationId">The tenant.</param>
    /// <param name="projectId">The project it speaks of; null for any.</param>
    /// <param name="form">Its form.</param>
    /// <param name="permission">The permission it speaks of.</param>
    /// <param name="createdByName">Who wrote it.</param>
    /// <param name="nowUtc">Now, UTC.</param>
    public Assertion(Guid organizationId, Guid? projectId, AssertionForm form, Permission permission, string createdByName, DateTime nowUtc)
    {
        Id = Guid.CreateVersion7();
        OrganizationId = organizationId;
        ProjectId = projectId;
        Form = form;
        PermissionName = permission.Name;
        CreatedByName = createdByName;
        CreatedUtc = nowUtc;
        Version = Guid.NewGuid();
    }

    /// <summary>UUID version 7.</summary>
    public Guid Id { get; private set; }

    /// <summary>The tenant.</summary>
    public Guid OrganizationId { get; private set; }

    /// <summary>The project it speaks of; null for any.</summary>
    public Guid? ProjectId { get; private set; }

    /// <summary>Its form.</summary>
    public AssertionForm Form { get; private set; }

    /// <summary>Stored name of the permission it speaks of.</summary>
    public string PermissionName { get; private set; } = "";

    /// <summary>Of the form "only": the team; null where a role is named.</summary>
    public Guid? TeamId { get; private set; }

    /// <summary>Of the form "only": stored name of the project role; null where a team is named.</summary>
    public string? RoleKey { get; private set; }

    /// <summary>Why, possibly empty.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>Who wrote it, by the address at that time.</summary>
    public string CreatedByName { get; private set; } = "";

    /// <summary>When, UTC.</summary>
    public DateTime CreatedUtc { get; private set; }

    /// <summary>The edit token.</summary>
    public Guid Version { get; private set; }

    /// <summary>Names the team that alone may hold it, and why.</summary>
    public Assertion OnlyTeam(Guid teamId)
    {
        (TeamId, RoleKey) = (teamId, null);
        return this;
    }

    /// <summary>Names the role that alone may hold it, and why.</summary>
    public Assertion OnlyRole(string roleKey)
    {
        (TeamId, RoleKey) = (null, roleKey);
        return this;
    }

    /// <summary>Says why.</summary>
    public Assertion Because(string reason)
    {
        Reason = reason;
        return this;
    }

    /// <summary>
    /// Whether what a person holds in a project goes against it. Owners and Admins of the organization stand above assertions:
    /// what they hold by that role alone does not count. For "only", one path of the team, or with the role, suffices. A deleted
    /// project counts like any other: what is held in it comes back with it.
    /// </summary>
    public bool IsBrokenBy(EffectiveAccess access)
    {
        if ((ProjectId is { } project && access.Facts.Project?.Id != project)
            || PermissionCatalogue.Find(PermissionName) is not { } permission || !access.Held.Contains(permission))
        {
            return false;
        }

        var giving = access.Sources.Where(source => source.After.Contains(permission) && !StandsAbove(access, source)).ToList();
        return giving.Count > 0 && Form switch
        {
            AssertionForm.Nobody => true,
            AssertionForm.NotExternal => access.Facts.Membership is null,
            _ => !giving.Exists(IsNamed),
        };
    }

    private static bool StandsAbove(EffectiveAccess access, AccessSource source) =>
        source.Kind == AccessSourceKind.OrganizationRole
        && (access.Facts.Membership?.Role == OrganizationRole.Owner || access.Facts.Membership?.Role == OrganizationRole.Admin);

    private bool IsNamed(AccessSource source) => source.Grant is { } grant
        && (TeamId is { } team ? grant.PrincipalId == team : RoleKey is not null && grant.RoleKey == RoleKey);
}
