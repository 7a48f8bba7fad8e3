namespace ProjectConsole.E2E.Infrastructure;

/// <summary>All journeys: they share one browser and one server, and run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SharedFixtures : ICollectionFixture<BrowserFixture>, ICollectionFixture<ServerFixture>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "Journeys";
}
