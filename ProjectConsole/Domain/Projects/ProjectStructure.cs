namespace ProjectConsole.Domain.Projects;

/// <summary>A hint at how an organization cuts its work into projects.</summary>
/// <param name="Key">Stored name.</param>
/// <param name="Title">For people.</param>
/// <param name="Examples">Example Project IDs.</param>
/// <param name="BestFor">For whom it fits best.</param>
public sealed record ProjectStructure(string Key, string Title, IReadOnlyList<string> Examples, string BestFor)
{
    /// <summary>All structures, in the order in which they are offered.</summary>
    public static IReadOnlyList<ProjectStructure> All { get; } =
    [
        new("team", "Team", ["ml-research", "platform-eng", "applied-ai"], "Large organizations with distinct teams"),
        new("environment", "Environment", ["development", "staging", "production"], "Teams that want resources kept apart by environment"),
        new("workload", "Workload", ["training", "inference", "evaluation"], "Teams that want separate compute budgets"),
        new("customer", "Customer", ["customer-a", "customer-b"], "Service providers with several clients"),
        new("use-case", "Use case", ["churn", "forecasting", "search"], "Organizations that measure each use case by itself"),
        new("product", "Product", ["assistant", "recommendations"], "Product teams that own what they ship"),
    ];

    /// <summary>The structure of that stored name, or null.</summary>
    public static ProjectStructure? Find(string? key) => All.FirstOrDefault(structure => structure.Key == key);
}
