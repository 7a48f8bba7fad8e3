using ProjectConsole.Shared;

namespace ProjectConsole.Domain.Limits;

/// <summary>The limit of one metric as it counts for one project or personal space.</summary>
/// <param name="Metric">Of what.</param>
/// <param name="Amount">The most; null for no limit.</param>
/// <param name="SetBy">Whose limit it is that counts.</param>
public sealed record LimitInForce(Metric Metric, long? Amount, LimitScope SetBy)
{
    /// <summary>The share of a limit at which it counts as nearly reached.</summary>
    public const decimal Near = 0.85m;

    /// <summary>
    /// The lowest of the three: what the project says, what the organization says or, where it says nothing, the installation's
    /// default, and the installation's bound.
    /// </summary>
    /// <param name="metric">Of what.</param>
    /// <param name="limits">The limits of that metric that concern the project or personal space.</param>
    public static LimitInForce Of(Metric metric, IReadOnlyCollection<Limit> limits)
    {
        long? Set(LimitScope scope) => limits.FirstOrDefault(limit => limit.Scope == scope && limit.Metric == metric.Name)?.Amount;

        var byInstallation = Set(LimitScope.Installation) ?? metric.Default;
        var ofOrganization = Set(LimitScope.PersonalSpace) ?? Set(LimitScope.Organization);
        var above = ofOrganization is { } own ? new LimitInForce(metric, own, LimitScope.Organization) : new LimitInForce(metric, byInstallation, LimitScope.Installation);
        var lowest = above;
        if (Set(LimitScope.Project) is { } ofProject && (lowest.Amount is null || ofProject <= lowest.Amount))
        {
            lowest = new LimitInForce(metric, ofProject, LimitScope.Project);
        }

        return Set(LimitScope.Bound) is { } bound && (lowest.Amount is null || bound < lowest.Amount)
            ? new LimitInForce(metric, bound, LimitScope.Bound)
            : lowest;
    }

    /// <summary>Whether so much is used that a limit is nearly or wholly reached; nothing used is near no limit.</summary>
    public static bool IsNear(long? used, long? amount) => used > 0 && used >= amount * Near;
}

/// <summary>More was asked for than the limit leaves.</summary>
/// <param name="Metric">Of what.</param>
/// <param name="Asked">How much more.</param>
/// <param name="Used">How much is used.</param>
/// <param name="Limit">The limit in force.</param>
public sealed record LimitReached(Metric Metric, long Asked, long Used, LimitInForce Limit) : RuleError
{
    /// <inheritdoc/>
    public override string Message =>
        $"{Metric.Title}: {Metric.Text(Asked)} asked for, {Metric.Text(Used)} of {Metric.Text(Limit.Amount ?? 0)} used. "
        + Limit.SetBy switch
        {
            LimitScope.Project => "The limit is the project's own: an Admin of the project can raise it.",
            LimitScope.Organization => "The limit is the organization's: an Owner or Admin of the organization can raise it.",
            LimitScope.Bound => "The limit is the most that the installation allows: its administrator can raise it.",
            _ => "The limit is the installation's: an Owner or Admin of the organization can set another, up to what the installation allows.",
        };
}
