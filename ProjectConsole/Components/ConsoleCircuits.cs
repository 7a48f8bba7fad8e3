using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.SignalR;
using Microsoft.JSInterop;

namespace ProjectConsole.Components;

/// <summary>How the server keeps open pages: one circuit for each, held in memory.</summary>
public static class ConsoleCircuits
{
    /// <summary>Lets pages be rendered, and be interactive.</summary>
    public static IServiceCollection AddConsoleCircuits(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents(Configure).AddHubOptions(Configure);
        Slim(services);
        return services;
    }

    private static void Configure(CircuitOptions options)
    {
        // A proxy that restarts, or a network that blinks, breaks all connections of a node at once, and 100, the framework's
        // number, would cost the others what they were typing. At the 300 KB that a page may take this is 300 MB at most.
        options.DisconnectedCircuitMaxRetained = 1000;
        // Long enough for a laptop to find another network; a page that comes later loads itself anew.
        options.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(3);
    }

    // What prerendering leaves for the circuit comes back from the browser in one message, and a list of 100 rows, protected and
    // in base 64, is more than the 32 KB of the framework: the page would look right and answer nothing.
    // https://learn.microsoft.com/aspnet/core/blazor/state-management/prerendered-state-persistence
    private static void Configure(HubOptions options) => options.MaximumReceiveMessageSize = 512 * 1024;

    // The framework's own runtime, of whatever type, made as it makes it.
    private static void Slim(IServiceCollection services)
    {
        var runtime = services.Last(service => service.ServiceType == typeof(IJSRuntime));
        services.Remove(runtime);
        services.AddScoped<IJSRuntime>(scope => SlimInterop.Apply((JSRuntime)ActivatorUtilities.CreateInstance(scope, runtime.ImplementationType!)));
    }
}
