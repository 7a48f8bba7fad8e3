namespace ProjectConsole.Security;

/// <summary>Tells this process, right after a commit, whose AccessVersion was raised. Other nodes see it in the database.</summary>
public sealed class AccessSignals
{
    /// <summary>Ids of organizations and projects whose AccessVersion was raised.</summary>
    public event Action<IReadOnlyCollection<Guid>>? Raised;

    /// <summary>Tells.</summary>
    internal void Raise(IReadOnlyCollection<Guid> organizations, IReadOnlyCollection<Guid> projects)
    {
        if (organizations.Count + projects.Count > 0)
        {
            Raised?.Invoke([.. organizations, .. projects]);
        }
    }
}
