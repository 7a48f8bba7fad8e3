using ProjectConsole.Shared;

namespace ProjectConsole.Domain.Resources;

/// <summary>The resources of one kind that run.</summary>
/// <param name="Title">Title of the kind, singular or plural as the number asks.</param>
/// <param name="Icon">Its icon.</param>
/// <param name="Names">Their names.</param>
public sealed record RunningKind(string Title, string Icon, IReadOnlyList<string> Names)
{
    /// <summary>Groups resources by kind, in the order in which kinds are shown.</summary>
    public static IReadOnlyList<RunningKind> Of(IReadOnlyCollection<Resource> running) =>
    [
        .. from kind in ResourceKinds.All
           let names = running.Where(resource => resource.Kind == kind.Name).Select(resource => resource.Name).ToList()
           where names.Count > 0
           select new RunningKind(names.Count == 1 ? kind.Title : kind.PluralTitle, kind.Icon, names),
    ];

    /// <summary>The same for a reader who does not see every kind: what is hidden is counted and not named.</summary>
    public static IReadOnlyList<RunningKind> Of(IReadOnlyCollection<Resource> running, Func<ResourceKind, bool> isSeen)
    {
        var seen = running.Where(resource => isSeen(ResourceKinds.Get(resource.Kind))).ToList();
        var hidden = running.Count - seen.Count;
        return hidden == 0 ? Of(seen) : [.. Of(seen), new RunningKind("of kinds that you may not see", "visibility_off", [$"{hidden:N0}"])];
    }

    /// <summary>All of them in one sentence part: <c>clusters gpu-1, gpu-2; job resize-38</c>.</summary>
    public static string Sentence(IEnumerable<RunningKind> kinds) => string.Join("; ", kinds.Select(kind => $"{kind.Title} {string.Join(", ", kind.Names)}"));
}

/// <summary>A project that is to go still holds what runs.</summary>
/// <param name="Project">Its name.</param>
/// <param name="Running">All that runs, by kind.</param>
public sealed record ResourcesRunning(string Project, IReadOnlyList<RunningKind> Running) : RuleError
{
    /// <inheritdoc/>
    public override string Message => $"{Project} still holds what runs: {RunningKind.Sentence(Running)}. Stop it first, or tick “Stop what runs”.";
}
