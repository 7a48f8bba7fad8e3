using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Resources;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Moving;

#pragma warning disable CS1591 // One record per rule; the sentence says what it is.

public sealed record NameTakenThere(ResourceKind Kind, string Name, string Project) : RuleError
{
    public override string Message => $"{Project} has a {Kind.InSentence()} named {Name} already, and names do not change. Nothing was moved.";
}

/// <summary>Others that stay behind name the resource.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Users">Titles and names of those that the person may see, at most <see cref="Named"/>.</param>
/// <param name="Count">How many there are.</param>
public sealed record NeededHere(string Name, IReadOnlyList<string> Users, int Count) : RuleError
{
    public const int Named = 10;

    public override string Message =>
        $"{Name} is used by {ResourceInUse.Sentence(Users, Count)}. Move what belongs together at once, or change what uses it first.";
}

public sealed record MissingThere(string Name, string Field, string Reference, string Project) : RuleError
{
    public override string Message =>
        $"{Name} names \"{Reference}\" as its {ResourceKind.InSentence(Field)}, which is not the same in {Project}. Move what belongs together at once, or change {Name} first.";
}

public sealed record UnfitThere(string Name, string Project, string Problem) : RuleError
{
    public override string Message => $"{Name} does not fit beside what {Project} has: {Problem}";
}

public sealed record SharedWithOthers(string Name) : RuleError
{
    public override string Message => $"{Name} is shared with others. End that on its page first: whoever has it now does not get it from another project unasked.";
}

public sealed record TooManyToMove(int Most) : RuleError
{
    public override string Message => $"At most {Most} resources are moved at once.";
}
