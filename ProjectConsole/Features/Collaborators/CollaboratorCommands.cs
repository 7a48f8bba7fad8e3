using ProjectConsole.Domain.Access;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Collaborators;

/// <summary>Another role for a person who has a grant on the project.</summary>
/// <param name="UserId">The person.</param>
/// <param name="Role">The new role.</param>
/// <param name="Seen">The grant's version that the actor saw; null to save over whatever there is.</param>
/// <param name="Heir">Address of the person who becomes Admin in the same transaction, where nobody else would be one.</param>
public sealed record RoleChange(Guid UserId, ProjectRole Role, Guid? Seen = null, string? Heir = null);

/// <summary>The end of a person's grant on the project.</summary>
/// <param name="UserId">The person.</param>
/// <param name="Seen">The grant's version that the actor saw; null to end whatever there is.</param>
/// <param name="Heir">Address of the person who becomes Admin in the same transaction, where nobody else would be one.</param>
public sealed record Removal(Guid UserId, Guid? Seen = null, string? Heir = null);

/// <summary>What became of one of several addresses.</summary>
/// <param name="Email">The address as typed.</param>
/// <param name="Refusal">Why it was not added; null where it was.</param>
public sealed record AdditionLine(string Email, Error? Refusal);

/// <summary>What removing somebody, or leaving, would do.</summary>
/// <param name="Email">The person who goes.</param>
/// <param name="Grant">The grant that ends.</param>
/// <param name="Change">What the person loses and keeps; null where the act is refused.</param>
/// <param name="Refusal">The project would be left without an Admin.</param>
/// <param name="MayNameHeir">Whether the actor may override that by naming an Admin.</param>
/// <param name="Stays">The resources that the person created and that stay with the project.</param>
public sealed record RemovalPreview(
    string Email, DirectGrant Grant, AccessChange? Change, Error? Refusal, bool MayNameHeir, IReadOnlyList<KindCount> Stays);

/// <summary>How many resources of a kind.</summary>
/// <param name="Title">The kind, in singular or plural as the number asks.</param>
/// <param name="Count">The number.</param>
public sealed record KindCount(string Title, int Count);
