namespace ProjectConsole.Domain.Collaborators;

/// <summary>
/// One row per user (itself) and one per team membership, so that every path by which a grant reaches a person is one join.
/// </summary>
public sealed class Principal
{
    private Principal()
    {
    }

    private Principal(Guid id, Guid userId) => (Id, UserId) = (id, userId);

    /// <summary>What grants name: the user's own id, or the team's.</summary>
    public Guid Id { get; private set; }

    /// <summary>The person whom grants to it reach.</summary>
    public Guid UserId { get; private set; }

    /// <summary>Since when the person is in the team, UTC; null for a user as itself.</summary>
    public DateTime? SinceUtc { get; private set; }

    /// <summary>A person as part of a team.</summary>
    public static Principal OfTeam(Guid teamId, Guid userId, DateTime nowUtc) => new(teamId, userId) { SinceUtc = nowUtc };

    /// <summary>The user as a principal of its own.</summary>
    public static Principal OfUser(Guid userId) => new(userId, userId);
}
