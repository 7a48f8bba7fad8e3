using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Resources;

#pragma warning disable CS1591 // One record per rule; the sentence says what it is.

public sealed record NoSuchResource : RuleError
{
    public override string Message => "This resource does not exist any more. Somebody may have deleted or moved it.";

    public override bool IsAbsence => true;
}

public sealed record WrongResourceState(string Name, ResourceState State, string Action) : RuleError
{
    public override string Message => $"{Name} is {State.Title}, so \"{Action}\" cannot be done. Somebody may have changed it meanwhile.";
}

/// <summary>Others name the resource.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Users">Titles and names of those that the person may see, at most <see cref="Named"/>.</param>
/// <param name="Count">How many there are.</param>
public sealed record ResourceInUse(string Name, IReadOnlyList<string> Users, int Count) : RuleError
{
    public const int Named = 10;

    public override string Message =>
        $"{Name} is used by {Sentence(Users, Count)}. Change or delete what uses it first.";

    /// <summary>Those that are named, and how many besides: one's own, or what one may not see.</summary>
    public static string Sentence(IReadOnlyList<string> users, int count) => users.Count == 0
        ? $"{(count == 1 ? "1 resource" : $"{Numbers.Whole(count)} resources")} that you may not see here"
        : AccessWords.List([.. users, .. count > users.Count ? (string[])[$"{Numbers.Whole(count - users.Count)} more"] : []]);
}

public sealed record StillRunning(string Name, ResourceState State) : RuleError
{
    public override string Message => $"{Name} is {State.Title}. Stop it before you delete it.";
}

public sealed record OnlyTheOrganization(ResourceKind Kind) : RuleError
{
    public override string Message => $"{Kind.PluralTitle} belong to the organization's catalogue: every project may use them, and only who manages the catalogue makes them.";
}

/// <summary>What a resource names is gone, or is not shared any more.</summary>
public sealed record ReferenceLost(string Name, string Field, string Reference) : RuleError
{
    public override string Message => $"{Name} cannot start: its {Field}, \"{Reference}\", may no longer be used here. Choose another one first.";
}

public sealed record NoSuchAction(ResourceKind Kind, string Action) : RuleError
{
    public override string Message => $"{Kind.PluralTitle} have no action \"{Action}\".";
}
