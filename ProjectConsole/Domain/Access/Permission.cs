namespace ProjectConsole.Domain.Access;

/// <summary>Where a permission is asked for.</summary>
public enum PermissionScope
{
    /// <summary>In one project.</summary>
    Project,

    /// <summary>In an organization.</summary>
    Organization,

    /// <summary>In the installation, outside every organization.</summary>
    Installation,
}

/// <summary>One entry of the catalogue: <c>subject.verb</c>.</summary>
public sealed class Permission
{
    internal Permission(int index, PermissionDefinition definition)
    {
        Index = index;
        Name = definition.Name;
        Scope = definition.Scope;
        Title = definition.Title;
        Sentence = definition.Sentence;
        HoldsWhileSuspended = definition.HoldsWhileSuspended;
    }

    /// <summary>Bit in a <see cref="PermissionSet"/>; assigned at start, never stored.</summary>
    public int Index { get; }

    /// <summary>Stored name, <c>subject.verb</c>; never renamed.</summary>
    public string Name { get; }

    /// <summary>Where it is asked for.</summary>
    public PermissionScope Scope { get; }

    /// <summary>A short title for people.</summary>
    public string Title { get; }

    /// <summary>One sentence for people: what it lets its holder do.</summary>
    public string Sentence { get; }

    /// <summary>Whether it still holds while the project is suspended.</summary>
    public bool HoldsWhileSuspended { get; }

    /// <summary>The part before the dot.</summary>
    public string Subject => Name[..Name.IndexOf('.', StringComparison.Ordinal)];

    /// <summary>The part after the dot.</summary>
    public string Verb => Name[(Name.IndexOf('.', StringComparison.Ordinal) + 1)..];

    /// <summary>Whether it only looks: its verb is <c>view</c>.</summary>
    public bool IsView => Verb == "view";

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>How an entry is written in the catalogue.</summary>
/// <param name="Name">Stored name, <c>subject.verb</c>.</param>
/// <param name="Scope">Where it is asked for.</param>
/// <param name="Title">A short title for people.</param>
/// <param name="Sentence">One sentence for people.</param>
/// <param name="HoldsWhileSuspended">Whether a suspended project keeps it.</param>
/// <param name="Includes">Names of the permissions that it brings.</param>
public sealed record PermissionDefinition(
    string Name, PermissionScope Scope, string Title, string Sentence, bool HoldsWhileSuspended, params string[] Includes);
