namespace ProjectConsole.Components.Access;

/// <summary>
/// A command by which the person gives up the own access (leaving, deleting) says so while it runs and the page leaves.
/// The boundary then stays silent: what happened is no surprise to that person.
/// </summary>
public sealed class OwnDeparture
{
    private int _underWay;

    /// <summary>Whether such a command runs on this circuit.</summary>
    public bool IsUnderWay => _underWay > 0;

    /// <summary>Begins; disposing ends it.</summary>
    public IDisposable Begin()
    {
        _underWay++;
        return new End(this);
    }

    private sealed class End(OwnDeparture departure) : IDisposable
    {
        public void Dispose() => departure._underWay--;
    }
}
