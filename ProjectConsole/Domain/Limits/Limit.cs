namespace ProjectConsole.Domain.Limits;

/// <summary>Who set a limit. The lowest that counts for a project is in force.</summary>
public enum LimitScope
{
    /// <summary>The installation, for projects where nobody else says anything.</summary>
    Installation,

    /// <summary>The most that an organization may set.</summary>
    Bound,

    /// <summary>An organization, for each of its projects.</summary>
    Organization,

    /// <summary>An organization, for each personal space.</summary>
    PersonalSpace,

    /// <summary>A project, for itself.</summary>
    Project,
}

/// <summary>The most of a metric that may be used.</summary>
public sealed class Limit
{
    private Limit()
    {
    }

    /// <summary>Sets a limit.</summary>
    /// <param name="scope">Who sets it.</param>
    /// <param name="organizationId">The tenant; null for the installation.</param>
    /// <param name="scopeId">The organization or project; empty for the installation.</param>
    /// <param name="metric">Of what.</param>
    /// <param name="amount">The most, 0 or more, in the metric's unit.</param>
    /// <param name="setBy">Who set it.</param>
    /// <param name="setByName">That person's address at that time.</param>
    /// <param name="nowUtc">Now, UTC.</param>
    public Limit(LimitScope scope, Guid? organizationId, Guid scopeId, Metric metric, long amount, Guid setBy, string setByName, DateTime nowUtc)
    {
        (Scope, OrganizationId, ScopeId, Metric) = (scope, organizationId, scopeId, metric.Name);
        Set(amount, setBy, setByName, nowUtc);
    }

    /// <summary>Who sets it.</summary>
    public LimitScope Scope { get; private set; }

    /// <summary>The tenant; null for the installation.</summary>
    public Guid? OrganizationId { get; private set; }

    /// <summary>The organization or project; empty for the installation.</summary>
    public Guid ScopeId { get; private set; }

    /// <summary>Name of a <see cref="Limits.Metric"/>.</summary>
    public string Metric { get; private set; } = "";

    /// <summary>The most, in the metric's unit.</summary>
    public long Amount { get; private set; }

    /// <summary>Who set it.</summary>
    public Guid SetBy { get; private set; }

    /// <summary>That person's address at that time.</summary>
    public string SetByName { get; private set; } = "";

    /// <summary>When, UTC.</summary>
    public DateTime SetUtc { get; private set; }

    /// <summary>Sets another amount.</summary>
    public void Set(long amount, Guid setBy, string setByName, DateTime nowUtc) => (Amount, SetBy, SetByName, SetUtc) = (amount, setBy, setByName, nowUtc);
}

/// <summary>How much of a metric a project or personal space uses. Changed by one conditional UPDATE, never by loading it.</summary>
public sealed class Usage
{
    private Usage()
    {
    }

    /// <summary>Nothing is used yet.</summary>
    public Usage(Guid organizationId, Guid ownerId, Metric metric) => (OrganizationId, OwnerId, Metric) = (organizationId, ownerId, metric.Name);

    /// <summary>The tenant.</summary>
    public Guid OrganizationId { get; private set; }

    /// <summary>The project or personal space.</summary>
    public Guid OwnerId { get; private set; }

    /// <summary>Name of a <see cref="Limits.Metric"/>.</summary>
    public string Metric { get; private set; } = "";

    /// <summary>How much, in the metric's unit.</summary>
    public long Used { get; private set; }
}
