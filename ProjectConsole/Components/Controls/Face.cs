namespace ProjectConsole.Components.Controls;

/// <summary>One of the avatars in a row: a person (round) or a team (square).</summary>
public readonly record struct Face(string Name, bool IsTeam = false);
