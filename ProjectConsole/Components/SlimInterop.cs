using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.JSInterop;

namespace ProjectConsole.Components;

/// <summary>
/// Calls of JavaScript without descriptions of types that nobody serializes. Each circuit has serializer options of its own, and
/// for every value that is passed, the serializer describes all interfaces and bases of its type (30 for a number) in search
/// of polymorphism that attributes could declare there. No argument here has any, and it took 45 KB of every open page.
/// </summary>
internal sealed class SlimInterop : DefaultJsonTypeInfoResolver
{
    private static readonly SlimInterop Resolver = new();

    private SlimInterop()
    {
    }

    /// <summary>Sets a new runtime up, before its first call.</summary>
    public static JSRuntime Apply(JSRuntime runtime)
    {
        OptionsOf(runtime).TypeInfoResolver = Resolver;
        return runtime;
    }

    /// <summary>What a runtime serializes with: protected, so part of what the framework promises to keep.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_JsonSerializerOptions")]
    public static extern JsonSerializerOptions OptionsOf(JSRuntime runtime);

    /// <inheritdoc/>
    public override JsonTypeInfo GetTypeInfo(Type type, JsonSerializerOptions options) =>
        // Null is the interface's word for "not mine"; the base class cannot say it in its signature.
        IsOnlySearched(type) ? null! : base.GetTypeInfo(type, options);

    // A property of an argument may be declared as a list or a dictionary, so those stay; nothing is declared as a number's
    // interface, or as a dictionary's view of its pairs.
    private static bool IsOnlySearched(Type type) => type.Namespace switch
    {
        "System" => type.IsInterface || type == typeof(ValueType) || type == typeof(Enum),
        "System.Numerics" or "System.Collections" or "System.Runtime.Serialization" => type.IsInterface,
        "System.Collections.Generic" => type.IsInterface && type.GetGenericArguments() is [var item] && (item == typeof(char) || IsPair(item)),
        _ => false,
    };

    private static bool IsPair(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>);
}
