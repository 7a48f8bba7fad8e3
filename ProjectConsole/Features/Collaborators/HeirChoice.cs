namespace ProjectConsole.Features.Collaborators;

/// <summary>Who becomes Admin where the last one goes.</summary>
public enum HeirChoice
{
    /// <summary>Whoever overrides the guard.</summary>
    Myself,

    /// <summary>A person named by address.</summary>
    Another,
}
