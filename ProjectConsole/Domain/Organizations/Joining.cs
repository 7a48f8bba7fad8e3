namespace ProjectConsole.Domain.Organizations;

/// <summary>How people come into an organization and its projects.</summary>
public enum Joining
{
    /// <summary>Whoever may add people adds them; it takes effect at once.</summary>
    DirectAdd,

    /// <summary>People are invited by e-mail and accept by themselves.</summary>
    Invitation,
}
