namespace ProjectConsole.E2E.Infrastructure;

/// <summary>A server with the sample organization and the <see cref="AddedKind" />, which no other server has.</summary>
public sealed class AddedKindServer : IAsyncLifetime
{
    /// <summary>The running server.</summary>
    public ServerProcess Process { get; private set; } = null!;

    /// <inheritdoc />
    public async Task InitializeAsync() => Process = await ServerProcess.StartAsync(new ServerOptions().Hooked(AddedKind.Variable, AddedKind.Sensor.Name));

    /// <inheritdoc />
    public async Task DisposeAsync() => await Process.DisposeAsync();
}
