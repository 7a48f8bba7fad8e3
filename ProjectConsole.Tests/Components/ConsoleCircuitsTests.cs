using System.Numerics;
using System.Text.Json;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.JSInterop;
using ProjectConsole.Components;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Components;

public sealed class ConsoleCircuitsTests(ConsoleServer server) : IClassFixture<ConsoleServer>, IDisposable
{
    private readonly IServiceScope _scope = server.Services.CreateScope();

    private IJSRuntime Runtime => _scope.ServiceProvider.GetRequiredService<IJSRuntime>();

    private JsonSerializerOptions Options => SlimInterop.OptionsOf((JSRuntime)Runtime);

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void JSRuntime_OfAScope_IsTheFrameworksOwn()
    {
        Assert.Equal("RemoteJSRuntime", Runtime.GetType().Name);
        Assert.Same(Runtime, Runtime);
    }

    [Fact]
    public void Arguments_OfTheKindsThatPagesPass_AreSerializedAsBefore()
    {
        using var reference = DotNetObjectReference.Create(this);
        object?[] arguments =
        [
            7, 1.5m, true, "text", 'c', null, DayOfWeek.Friday, Guid.Empty, new DateTime(2026, 11, 20, 0, 0, 0, DateTimeKind.Utc), new[] { 1, 2 },
            new Declared(["a"], new Dictionary<string, int> { ["b"] = 1 }, [2], 3), reference,
        ];

        var written = JsonSerializer.Serialize(arguments, Options);

        Assert.Equal(
            """[7,1.5,true,"text","c",null,5,"00000000-0000-0000-0000-000000000000","2026-11-20T00:00:00Z",[1,2],{"list":["a"],"map":{"b":1},"items":[2],"value":3},{"__dotNetObject":1}]""",
            written);
    }

    [Fact]
    public void Arguments_Serialized_LeaveNoDescriptionsOfTheirInterfaces()
    {
        var options = Options;

        JsonSerializer.Serialize(new object[] { 7, "text", new Dictionary<string, int>() }, options);

        Assert.True(options.TryGetTypeInfo(typeof(int), out _));
        Assert.False(options.TryGetTypeInfo(typeof(INumberBase<int>), out _));
        Assert.False(options.TryGetTypeInfo(typeof(IComparable), out _));
        Assert.False(options.TryGetTypeInfo(typeof(IEnumerable<KeyValuePair<string, int>>), out _));
    }

    [Fact]
    public void Hub_MessageOfAFullList_IsTaken()
    {
        var hub = typeof(CircuitOptions).Assembly.GetType("Microsoft.AspNetCore.Components.Server.ComponentHub")!;
        var ofHub = typeof(IOptions<>).MakeGenericType(typeof(HubOptions<>).MakeGenericType(hub));

        var options = (HubOptions)ofHub.GetProperty("Value")!.GetValue(server.Services.GetRequiredService(ofHub))!;

        Assert.True(options.MaximumReceiveMessageSize > 300_000);
    }

    private sealed record Declared(IReadOnlyList<string> List, IReadOnlyDictionary<string, int> Map, IEnumerable<int> Items, object Value);
}
