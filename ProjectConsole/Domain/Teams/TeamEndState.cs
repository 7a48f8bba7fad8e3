namespace ProjectConsole.Domain.Teams;

/// <summary>What the audit log keeps of a deleted team; who was in it and what it was given, entries of their own say.</summary>
/// <param name="Slug">Its Team ID.</param>
/// <param name="Description">What it was for.</param>
/// <param name="People">How many were in it.</param>
/// <param name="Grants">How many grants it had.</param>
public sealed record TeamEndState(string Slug, string Description, int People, int Grants);
