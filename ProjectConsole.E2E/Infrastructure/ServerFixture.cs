namespace ProjectConsole.E2E.Infrastructure;

/// <summary>
/// The server that journeys share: Development, with the sample organization. A journey that changes what others read, or that
/// needs other settings, starts a <see cref="ServerProcess"/> of its own.
/// </summary>
public sealed class ServerFixture : IAsyncLifetime
{
    /// <summary>The running server.</summary>
    public ServerProcess Server { get; private set; } = null!;

    /// <inheritdoc />
    public async Task InitializeAsync() => Server = await ServerProcess.StartAsync();

    /// <inheritdoc />
    public async Task DisposeAsync() => await Server.DisposeAsync();
}
