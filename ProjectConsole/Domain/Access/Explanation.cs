namespace ProjectConsole.Domain.Access;

/// <summary>What became of one permission for one person, read from the run that decided.</summary>
/// <param name="Permission">The permission asked about.</param>
/// <param name="Allowed">Whether the person may do it now.</param>
/// <param name="Block">What blocks everything, if anything does.</param>
/// <param name="Given">The paths that give it after their own restriction.</param>
/// <param name="TakenByRestriction">The paths whose role gives it and whose restriction takes it.</param>
/// <param name="TakenByCeiling">A path gives it and the organization role's ceiling takes it.</param>
/// <param name="TakenByState">The person has it and the project's state takes it.</param>
public sealed record Explanation(
    Permission Permission,
    bool Allowed,
    AccessBlock Block,
    IReadOnlyList<AccessSource> Given,
    IReadOnlyList<AccessSource> TakenByRestriction,
    bool TakenByCeiling,
    bool TakenByState)
{
    /// <summary>Reads the reason for one permission from a decision.</summary>
    public static Explanation Of(EffectiveAccess access, Permission permission) => new(
        permission,
        access.May(permission),
        access.Block,
        [.. access.Sources.Where(source => source.After.Contains(permission))],
        [.. access.Sources.Where(source => source.Before.Contains(permission) && !source.After.Contains(permission))],
        access.Granted.Contains(permission) && !access.Held.Contains(permission),
        access.Held.Contains(permission) && !access.Allowed.Contains(permission));
}
