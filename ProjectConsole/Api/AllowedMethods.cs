using Microsoft.AspNetCore.Routing.Template;

namespace ProjectConsole.Api;

/// <summary>Which methods an address takes, for whoever came with another one.</summary>
internal static class AllowedMethods
{
    /// <summary>The methods of the calls at an address; none where there is no call.</summary>
    public static IReadOnlyList<string> At(PathString path, EndpointDataSource endpoints) =>
    [
        .. endpoints.Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<NeedsCaller>() is not null
                && new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []).TryMatch(path, []))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [])
            .Distinct().Order(StringComparer.Ordinal),
    ];
}
