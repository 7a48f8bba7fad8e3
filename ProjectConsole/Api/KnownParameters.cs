using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace ProjectConsole.Api;

/// <summary>The parameters that a call's address can have: those that its handler takes.</summary>
/// <param name="Names">In the order of the alphabet.</param>
/// <param name="ComparesVersions">Whether the call reads <c>If-Match</c>.</param>
internal sealed record KnownParameters(IReadOnlyList<string> Names, bool ComparesVersions)
{
    /// <summary>Notes them with every endpoint.</summary>
    public static void Note(IEndpointConventionBuilder endpoints) => endpoints.Finally(endpoint =>
    {
        var route = (endpoint as RouteEndpointBuilder)?.RoutePattern;
        // An endpoint has one handler; the document's own has none.
        var parameters = endpoint.Metadata.OfType<MethodInfo>().FirstOrDefault()?.GetParameters() ?? [];
        var names = parameters.SelectMany(NamesOf).Where(name => route?.GetParameter(name) is null).Concat(ChangesAccess(endpoint.Metadata) ? [CallOptions.RevokeKey] : []);
        endpoint.Metadata.Add(new KnownParameters([.. names.Order(StringComparer.Ordinal)], parameters.Any(parameter => parameter.ParameterType == typeof(IfMatch))));
    });

    /// <summary>Whether an endpoint answers a change of access.</summary>
    public static bool ChangesAccess(IEnumerable<object> metadata) => metadata.OfType<IProducesResponseTypeMetadata>().Any(produced => produced.Type == typeof(AccessChangeBody)) && !metadata.OfType<LeavesKeys>().Any();

    /// <summary>The type of one value of a parameter that may stand several times or not at all.</summary>
    public static Type OneOf(Type type) => type.IsArray ? type.GetElementType()! : Nullable.GetUnderlyingType(type) ?? type;

    /// <summary>Whether a type is one of a few words.</summary>
    public static bool IsChoice(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Choice<>);

    private static IEnumerable<string> NamesOf(ParameterInfo parameter)
    {
        var type = OneOf(parameter.ParameterType);
        return type == typeof(ListCall) ? ["cursor", "limit"]
            : type.IsPrimitive || IsChoice(type) || type == typeof(string) || type == typeof(Guid) || type == typeof(DateTime) ? [parameter.Name!]
            : [];
    }
}
