namespace ProjectConsole.Domain.Resources;

/// <summary>How a state is meant to feel.</summary>
public enum StateTone
{
    /// <summary>At rest.</summary>
    Neutral,

    /// <summary>As it should be.</summary>
    Good,

    /// <summary>On its way.</summary>
    Busy,

    /// <summary>Somebody should look.</summary>
    Warning,

    /// <summary>Broken.</summary>
    Bad,
}

/// <summary>One state of a kind.</summary>
/// <param name="Name">Stored.</param>
/// <param name="Title">For people.</param>
/// <param name="Tone">How it is meant to feel.</param>
public sealed record ResourceState(string Name, string Title, StateTone Tone)
{
    /// <summary>Whether it keeps machines busy: a project that is to be suspended, deleted or purged stops or names it.</summary>
    public bool IsRunning { get; init; }

    /// <summary>Whether it is over for good: what it used of machines is free again, and only its record stays.</summary>
    public bool IsEnded { get; init; }
}

/// <summary>Something that can be done to a resource in certain states.</summary>
/// <param name="Name">Stored in the audit log and in addresses.</param>
/// <param name="Title">The button.</param>
/// <param name="Icon">Name of a Material Symbol.</param>
/// <param name="From">The states in which it is offered.</param>
/// <param name="To">The state that follows.</param>
/// <param name="Effect">What it does, as one sentence.</param>
public sealed record ResourceAction(string Name, string Title, string Icon, IReadOnlyList<string> From, string To, string Effect)
{
    /// <summary>Whether something is lost by it, so that it asks first.</summary>
    public bool IsDestructive { get; init; }

    /// <summary>Whether it ends what runs: what a suspended or deleted project does to it.</summary>
    public bool Stops { get; init; }
}

/// <summary>The states of a kind and the ways between them.</summary>
/// <param name="States">All of them; the first is the one in which a resource is made.</param>
/// <param name="Actions">The ways between them.</param>
public sealed record ResourceLife(IReadOnlyList<ResourceState> States, IReadOnlyList<ResourceAction> Actions)
{
    /// <summary>The state in which a resource is made.</summary>
    public ResourceState Initial => States[0];

    /// <summary>The state of that name; a stored name that the kind no longer has is shown as it stands.</summary>
    public ResourceState Of(string name) => States.FirstOrDefault(state => state.Name == name) ?? new ResourceState(name, name, StateTone.Neutral);

    /// <summary>What can be done in a state.</summary>
    public IEnumerable<ResourceAction> In(string state) => Actions.Where(action => action.From.Contains(state));

    /// <summary>The action of that name, or null.</summary>
    public ResourceAction? Find(string name) => Actions.FirstOrDefault(action => action.Name == name);

    /// <summary>Names of the states that keep machines busy.</summary>
    public IReadOnlyList<string> Running { get; } = [.. States.Where(state => state.IsRunning).Select(state => state.Name)];
}
