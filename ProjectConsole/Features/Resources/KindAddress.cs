using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.OpenApi;
using ProjectConsole.Api;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Resources;

namespace ProjectConsole.Features.Resources;

/// <summary>Endpoints that are there once for every kind: the plural of the kind stands in their address, and no other word.</summary>
public static class KindAddress
{
    /// <summary>Name of the part of an address.</summary>
    public const string Part = "kind";

    /// <summary>Lets the address name one of these kinds alone, and says which permissions the call needs for them.</summary>
    internal static RouteHandlerBuilder OfKinds(this RouteHandlerBuilder endpoint, IReadOnlyList<ResourceKind> kinds, string verb)
    {
        endpoint.Add(builder =>
        {
            var route = (RouteEndpointBuilder)builder;
            // Beside the pattern's text, so that documents and logs show the address as it is called.
            route.RoutePattern = RoutePatternFactory.Parse(route.RoutePattern.RawText!, null, new RouteValueDictionary { [Part] = new OneOf(kinds) });
        });
        var permissions = kinds.Select(kind => Permissions.Of(kind, verb)).Distinct().ToArray();
        return endpoint.Needs(permissions).AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Description = permissions.Length == 1 ? $"Needs `{permissions[0].Name}`." : $"Needs `{verb}` of the kind: `{permissions[0].Name}` for {kinds[0].Plural}, and so on.";
            if (operation.Parameters?.FirstOrDefault(parameter => parameter.Name == Part)?.Schema is OpenApiSchema schema)
            {
                schema.Enum = [.. kinds.Select(kind => (JsonNode)kind.Plural)];
            }

            return Task.CompletedTask;
        });
    }

    private sealed class OneOf(IReadOnlyList<ResourceKind> kinds) : IRouteConstraint
    {
        public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
            values[routeKey] is string word && ResourceKinds.FindByPlural(word) is { } kind && kinds.Contains(kind);
    }
}
