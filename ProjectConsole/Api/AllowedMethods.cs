using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.Routing.Template;

namespace ProjectConsole.Api;

/// <summary>Which methods an address takes, for whoever came with another one.</summary>
internal static class AllowedMethods
{
    /// <summary>The methods of the calls at an address; none where there is no call.</summary>
    public static IReadOnlyList<string> At(PathString path, EndpointDataSource endpoints) =>
    [
        .. endpoints.Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<NeedsCaller>() is not null && IsAt(path, endpoint.RoutePattern))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [])
            .Distinct().Order(StringComparer.Ordinal),
    ];

    private static bool IsAt(PathString path, RoutePattern pattern)
    {
        var values = new RouteValueDictionary();
        return new TemplateMatcher(new RouteTemplate(pattern), []).TryMatch(path, values)
            && pattern.ParameterPolicies.All(policies => policies.Value.Select(reference => reference.ParameterPolicy).OfType<IRouteConstraint>()
                .All(constraint => constraint.Match(null, null, policies.Key, values, RouteDirection.IncomingRequest)));
    }
}
