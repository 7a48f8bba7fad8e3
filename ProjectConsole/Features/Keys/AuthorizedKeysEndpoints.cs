using ProjectConsole.Api;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Resources;

namespace ProjectConsole.Features.Keys;

/// <summary>What sshd's <c>AuthorizedKeysCommand</c> asks for a cluster.</summary>
public static class AuthorizedKeysEndpoints
{
    /// <summary>Maps the endpoint.</summary>
    public static void MapAuthorizedKeys(this IEndpointRouteBuilder api) => api.MapGet(ApiPaths.OfProject + "/clusters/{cluster}/authorized-keys", ListAsync)
        .Named("listAuthorizedKeys", "SSH access", "List the public keys of those who may operate a cluster, for sshd").Needs(Permissions.Of(ResourceKinds.Get("cluster"), "view"))
        .Produces<string>(StatusCodes.Status200OK, "text/plain");

    private static async Task<IResult> ListAsync(ApiCall call, AddressedProject project, string? user, string? fingerprint, AuthorizedKeysService keys)
    {
        var listed = await keys.ListAsync(call.Actor, project.Scope, call.Route("cluster"), user, fingerprint, call.Aborted);
        return listed.Succeeded ? Results.Text(string.Concat(listed.Value.Select(key => $"{key}\n"))) : ApiCall.Refuse(listed.Error);
    }
}
