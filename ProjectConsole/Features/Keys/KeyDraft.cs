using System.Text.Json.Serialization;
using ProjectConsole.Domain.Keys;

namespace ProjectConsole.Features.Keys;

/// <summary>What somebody asks of a new key or token.</summary>
/// <param name="Name">For people.</param>
/// <param name="Permissions">Names from the catalogue.</param>
/// <param name="ExpiresUtc">When it ends; null for never.</param>
public sealed record KeyDraft(string Name, IReadOnlyList<string> Permissions, DateTime? ExpiresUtc);

/// <summary>A key or token with its secret: what is shown once, and stored nowhere.</summary>
/// <param name="Id">The key or token.</param>
/// <param name="Name">For people.</param>
/// <param name="Secret">The whole text.</param>
/// <param name="ExpiresUtc">When it ends; null for never.</param>
public sealed record IssuedKey(Guid Id, string Name, [property: JsonIgnore] string Secret, DateTime? ExpiresUtc)
{
    /// <summary>Its name and nothing of the secret, which would end in a log otherwise.</summary>
    public override string ToString() => $"{Name} ({Id})";
}

/// <summary>A key as lists show it.</summary>
/// <param name="Id">The key.</param>
/// <param name="Name">For people.</param>
/// <param name="Shown">Its prefix and the end of its id.</param>
/// <param name="Permissions">Names of what it may do.</param>
/// <param name="CreatedByName">Address of who made it; empty for the console.</param>
/// <param name="IsCreatorGone">Whether that person has nothing in the project any more.</param>
/// <param name="CreatedUtc">When it was made, UTC.</param>
/// <param name="ExpiresUtc">When it ends, UTC; null for never.</param>
/// <param name="LastUsedUtc">When it was last used, UTC; null for never.</param>
/// <param name="State">What became of it.</param>
/// <param name="RevokedByName">Who revoked it; empty while nobody did.</param>
/// <param name="IsOrganizationDefault">The Organization Default Key.</param>
/// <param name="RefusedToRotate">Why the reader may not rotate it; null where that is allowed.</param>
/// <param name="RefusedToRevoke">Why the reader may not revoke it; null where that is allowed.</param>
public sealed record KeyListRow(
    Guid Id, string Name, string Shown, string Permissions, string CreatedByName, bool IsCreatorGone, DateTime CreatedUtc, DateTime? ExpiresUtc,
    DateTime? LastUsedUtc, KeyState State, string RevokedByName, bool IsOrganizationDefault, string? RefusedToRotate, string? RefusedToRevoke);

/// <summary>The keys of a project, and what the reader may do with them.</summary>
/// <param name="Rows">Those in force first, then the newest.</param>
/// <param name="Holdable">Names of what a key of the reader's can hold.</param>
/// <param name="LongestLifeDays">The longest life of a key here; null for no bound.</param>
/// <param name="RefusedToCreate">Why the reader may not make one; null where that is allowed.</param>
public sealed record KeyList(IReadOnlyList<KeyListRow> Rows, string Holdable, int? LongestLifeDays, string? RefusedToCreate);

/// <summary>The personal tokens of a person: those in force first, then the newest.</summary>
public sealed record TokenList(IReadOnlyList<KeyListRow> Rows);
