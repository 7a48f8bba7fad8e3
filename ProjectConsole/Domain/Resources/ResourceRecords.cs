namespace ProjectConsole.Domain.Resources;

/// <summary>One resource leads to another: by a field of its spec, or by lineage.</summary>
public sealed class ResourceLink
{
    private ResourceLink()
    {
    }

    /// <summary>Makes a link.</summary>
    /// <param name="organizationId">The tenant.</param>
    /// <param name="fromId">The resource that names the other.</param>
    /// <param name="toId">The resource that is named.</param>
    /// <param name="relation">Name of the field, or of the lineage: <c>produced-by</c>.</param>
    public ResourceLink(Guid organizationId, Guid fromId, Guid toId, string relation) =>
        (OrganizationId, FromId, ToId, Relation) = (organizationId, fromId, toId, relation);

    /// <summary>The tenant.</summary>
    public Guid OrganizationId { get; private set; }

    /// <summary>The resource that names the other: it depends on it.</summary>
    public Guid FromId { get; private set; }

    /// <summary>The resource that is named: it is used by the other.</summary>
    public Guid ToId { get; private set; }

    /// <summary>Name of the field, or of the lineage.</summary>
    public string Relation { get; private set; } = "";
}

/// <summary>A resource entered a state.</summary>
public sealed class ResourceStateChange
{
    private ResourceStateChange()
    {
    }

    /// <summary>Notes that a resource is in a state from now on.</summary>
    /// <param name="resource">The resource, already in its new state.</param>
    /// <param name="byName">Who did it: an address, or what in the system.</param>
    /// <param name="because">What made it so, in a word or two; empty where the state says it.</param>
    public ResourceStateChange(Resource resource, string byName, string because = "") =>
        (OrganizationId, ResourceId, State, WhenUtc, ByName, Because) = (resource.OrganizationId, resource.Id, resource.State, resource.StateUtc, byName, because);

    /// <summary>Rises with time.</summary>
    public long Id { get; private set; }

    /// <summary>The tenant.</summary>
    public Guid OrganizationId { get; private set; }

    /// <summary>The resource.</summary>
    public Guid ResourceId { get; private set; }

    /// <summary>The state that it entered.</summary>
    public string State { get; private set; } = "";

    /// <summary>When, UTC.</summary>
    public DateTime WhenUtc { get; private set; }

    /// <summary>Who did it.</summary>
    public string ByName { get; private set; } = "";

    /// <summary>What made it so.</summary>
    public string Because { get; private set; } = "";
}

/// <summary>What the receiver of a share may do with the resource.</summary>
public enum ShareLevel
{
    /// <summary>See it.</summary>
    View,

    /// <summary>See it, and name it in the fields of own resources.</summary>
    Use,
}

/// <summary>How far a share has come.</summary>
public enum ShareState
{
    /// <summary>Offered; nobody there has accepted it yet.</summary>
    Pending,

    /// <summary>In force.</summary>
    Accepted,

    /// <summary>Not wanted there.</summary>
    Declined,

    /// <summary>Ended by either side.</summary>
    Ended,
}

/// <summary>A resource of one project offered to another project or to all projects of a workspace.</summary>
public sealed class ResourceShare
{
    private ResourceShare()
    {
    }

    /// <summary>Offers a resource.</summary>
    public ResourceShare(Resource resource, Guid? toProjectId, Guid? toWorkspaceId, ShareLevel level, Guid sharedBy, string sharedByName, DateTime nowUtc)
    {
        Id = Guid.CreateVersion7();
        (OrganizationId, ResourceId, FromOwnerId) = (resource.OrganizationId, resource.Id, resource.OwnerId);
        (ToProjectId, ToWorkspaceId, Level) = (toProjectId, toWorkspaceId, level);
        (SharedBy, SharedByName, SharedUtc) = (sharedBy, sharedByName, nowUtc);
    }

    /// <summary>UUID version 7.</summary>
    public Guid Id { get; private set; }

    /// <summary>The tenant.</summary>
    public Guid OrganizationId { get; private set; }

    /// <summary>The resource.</summary>
    public Guid ResourceId { get; private set; }

    /// <summary>Its owner, so that both sides' pages are one query each.</summary>
    public Guid FromOwnerId { get; private set; }

    /// <summary>The project that receives it.</summary>
    public Guid? ToProjectId { get; private set; }

    /// <summary>The workspace whose projects receive it.</summary>
    public Guid? ToWorkspaceId { get; private set; }

    /// <summary>What the receiver may do with it.</summary>
    public ShareLevel Level { get; private set; }

    /// <summary>How far it has come.</summary>
    public ShareState State { get; private set; }

    /// <summary>Who offered it.</summary>
    public Guid SharedBy { get; private set; }

    /// <summary>That person's address at that time.</summary>
    public string SharedByName { get; private set; } = "";

    /// <summary>When it was offered, UTC.</summary>
    public DateTime SharedUtc { get; private set; }

    /// <summary>Who answered or ended it.</summary>
    public string? AnsweredByName { get; private set; }

    /// <summary>When that was, UTC.</summary>
    public DateTime? AnsweredUtc { get; private set; }

    /// <summary>Whether it is offered or in force.</summary>
    public bool IsOpen => State is ShareState.Pending or ShareState.Accepted;

    /// <summary>Answers or ends it.</summary>
    public void Enter(ShareState state, string byName, DateTime nowUtc) => (State, AnsweredByName, AnsweredUtc) = (state, byName, nowUtc);

    /// <summary>What the log tells of it.</summary>
    /// <param name="kind">The kind of its resource.</param>
    /// <param name="with">The other side, as it is called.</param>
    public ShareTrace Trace(string kind, string with) => new(kind, Level.ToString(), State.ToString(), with);
}

/// <summary>A share as the log tells of it.</summary>
/// <param name="Kind">The kind of its resource.</param>
/// <param name="Level">What the receiver may do with it.</param>
/// <param name="State">How far it has come.</param>
/// <param name="With">The other side, as it is called.</param>
public sealed record ShareTrace(string Kind, string Level, string State, string With);

/// <summary>A secret field of a resource, encrypted; it leaves the database only for runs and jobs.</summary>
public sealed class ResourceSecret
{
    private ResourceSecret()
    {
    }

    /// <summary>Keeps a secret.</summary>
    public ResourceSecret(Guid organizationId, Guid resourceId, string field, string encrypted) =>
        (OrganizationId, ResourceId, Field, Encrypted) = (organizationId, resourceId, field, encrypted);

    /// <summary>The tenant.</summary>
    public Guid OrganizationId { get; private set; }

    /// <summary>The resource.</summary>
    public Guid ResourceId { get; private set; }

    /// <summary>Name of the field.</summary>
    public string Field { get; private set; } = "";

    /// <summary>The encrypted text.</summary>
    public string Encrypted { get; private set; } = "";

    /// <summary>Writes another secret over it.</summary>
    public void Replace(string encrypted) => Encrypted = encrypted;
}
