namespace ProjectConsole.Components.Access;

/// <summary>
/// A command by which the person gives up the own access (leaving, deleting) says so while it runs and the page leaves.
/// The boundary then clears the page without a word: what happened is no surprise to that person.
/// </summary>
public sealed class OwnDeparture
{
    private int _underWay;
    private bool _gone;

    /// <summary>
    /// The last such command is over and the person stays. A page that was cleared without a word says farewell now: somebody
    /// else has taken the access meanwhile.
    /// </summary>
    public event Action? Stayed;

    /// <summary>Whether such a command runs on this circuit, or was carried out and the page has not left yet.</summary>
    public bool IsUnderWay => _gone || _underWay > 0;

    /// <summary>Begins; disposing ends it.</summary>
    public IDisposable Begin()
    {
        _underWay++;
        return new End(this);
    }

    /// <summary>The command was carried out, and the page is about to leave.</summary>
    public void Go() => _gone = true;

    /// <summary>Another page was opened.</summary>
    public void Arrive() => _gone = false;

    private sealed class End(OwnDeparture departure) : IDisposable
    {
        public void Dispose()
        {
            if (--departure._underWay == 0 && !departure._gone)
            {
                departure.Stayed?.Invoke();
            }
        }
    }
}
