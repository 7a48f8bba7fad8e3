namespace ProjectConsole.Domain.Teams;

/// <summary>Who came into a team or left it, as the audit log keeps it.</summary>
/// <param name="People">Addresses at that time.</param>
/// <param name="Ids">The accounts in the same order: an address can be somebody else's later.</param>
public sealed record TeamPeopleState(IReadOnlyList<string> People, IReadOnlyList<Guid> Ids);
