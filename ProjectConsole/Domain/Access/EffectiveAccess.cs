using ProjectConsole.Domain.Resources;

namespace ProjectConsole.Domain.Access;

/// <summary>Why a person has nothing at all, or next to nothing, before any grant is looked at.</summary>
public enum AccessBlock
{
    /// <summary>Nothing blocks.</summary>
    None,

    /// <summary>An administrator of the installation locked the account.</summary>
    Locked,

    /// <summary>The person is no member and the organization has externals switched off.</summary>
    ExternalsSwitchedOff,

    /// <summary>The organization is deleted.</summary>
    Deleted,

    /// <summary>The key was revoked or its time is over.</summary>
    KeyOver,
}

/// <summary>What a person may do in one place, and how that came about.</summary>
public sealed class EffectiveAccess
{
    private readonly AccessSource[] _sources;

    internal EffectiveAccess(AccessFacts facts, PermissionSet held, AccessBlock block = AccessBlock.None)
        : this(facts, [], held, held, held, held) => Block = block;

    internal EffectiveAccess(
        AccessFacts facts, AccessSource[] sources, PermissionSet granted, PermissionSet ceiling, PermissionSet held, PermissionSet allowed) =>
        (Facts, _sources, Granted, Ceiling, Held, Allowed) = (facts, sources, granted, ceiling, held, allowed);

    /// <summary>What the decision was made from.</summary>
    public AccessFacts Facts { get; }

    /// <summary>What blocks everything, if anything does.</summary>
    public AccessBlock Block { get; }

    /// <summary>Every path in force, each with its set before and after its own restriction.</summary>
    public IReadOnlyList<AccessSource> Sources => _sources;

    /// <summary>The union of all paths, before the ceiling.</summary>
    public PermissionSet Granted { get; }

    /// <summary>The most that the organization role lets the person have here.</summary>
    public PermissionSet Ceiling { get; }

    /// <summary>What the person has, whatever state the project is in. What somebody gives must be part of this.</summary>
    public PermissionSet Held { get; }

    /// <summary>What the person may do now.</summary>
    public PermissionSet Allowed { get; }

    /// <summary>What the person may do now and the personal token, through which is asked, does not hold; empty without a token.</summary>
    public PermissionSet BeyondToken { get; init; }

    /// <summary>The largest built-in role wholly held; null where it is less than Viewer or none.</summary>
    public ProjectRole? Role => ProjectRole.LargestIn(Held);

    /// <summary>Whether a ceiling took something that a path gives.</summary>
    public bool IsCapped => !((Granted & (Facts.Token ?? Granted)) - Held).IsEmpty;

    /// <summary>What the organization role gives in every project under its own ceiling; what of it may be passed on there.</summary>
    public PermissionSet Everywhere => Block == AccessBlock.None && Facts.Membership is { } membership ? Cut(membership.Role.Everywhere) : PermissionSet.Empty;

    /// <summary>The most that the person can have in any project by the organization role; empty for who has none.</summary>
    public PermissionSet RoleCeiling => Facts.Membership is { } membership ? Cut(membership.Role.Ceiling) : PermissionSet.Empty;

    /// <summary>Whether a restriction took something that a role gives.</summary>
    public bool IsRestricted => Array.Exists(_sources, source => source.After != source.Before);

    /// <summary>
    /// Whether the person may know the organization: a member, or an external person who holds a grant in it.
    /// </summary>
    public bool MayEnterOrganization =>
        Block == AccessBlock.None && (Allowed.Contains(Permissions.OrganizationView)
            || (Facts is { Membership: null, Organization.HoldsAnyGrant: true } && Facts.Token?.Contains(Permissions.OrganizationView) != false));

    /// <summary>The earliest moment at which a path ends by itself; null for never.</summary>
    public DateTime? EarliestExpiryUtc => _sources.Min(source => source.ExpiresUtc);

    /// <summary>Whether the person may do this now.</summary>
    public bool May(Permission permission) => Allowed.Contains(permission);

    /// <summary>Whether the person may do this to a resource now; deleting one's own is less than deleting.</summary>
    public bool May(ResourceKind kind, string verb, Guid? createdBy) =>
        May(Permissions.Of(kind, verb))
        || (verb == "delete" && createdBy == Facts.Person.UserId && May(Permissions.Of(kind, "delete-own")));

    /// <summary>Whether one of the paths of that kind gives the permission, after its restriction and the ceiling.</summary>
    public bool HoldsThrough(AccessSourceKind kind, Permission permission) =>
        Ceiling.Contains(permission) && Array.Exists(_sources, source => source.Kind == kind && source.After.Contains(permission));

    /// <summary>What of the given set exceeds what the person holds: nobody gives or takes what they do not hold.</summary>
    public PermissionSet Exceeding(PermissionSet given) => given - Held;

    /// <summary>What the person holds by paths that do not end before that moment; null for those that never end.</summary>
    public PermissionSet HeldUntil(DateTime? untilUtc)
    {
        if (Facts.TokenEndsUtc is { } tokenEnd && !(untilUtc <= tokenEnd))
        {
            return PermissionSet.Empty;
        }

        if (_sources.Length == 0)
        {
            return Held;
        }

        var union = PermissionSet.Empty;
        foreach (ref readonly var source in _sources.AsSpan())
        {
            if (source.ExpiresUtc is not { } end || end >= untilUtc)
            {
                union |= source.After;
            }
        }

        return union & Held;
    }

    /// <summary>The moment until which the person holds all of the set; null for always, now where something is missing already.</summary>
    public DateTime? HoldsUntil(PermissionSet set)
    {
        if (set.IsSubsetOf(HeldUntil(null)))
        {
            return null;
        }

        var ends = _sources.Select(source => source.ExpiresUtc).Append(Facts.TokenEndsUtc).OfType<DateTime>().OrderDescending();
        return ends.Cast<DateTime?>().FirstOrDefault(end => set.IsSubsetOf(HeldUntil(end))) ?? Facts.Now;
    }

    private PermissionSet Cut(PermissionSet set) => Facts.Token is { } token ? set & token : set;

    internal static EffectiveAccess Nothing(AccessFacts facts, AccessBlock block) => new(facts, PermissionSet.Empty, block);
}
