using ProjectConsole.Api;
using ProjectConsole.Security;

namespace ProjectConsole.Features.Keys;

/// <summary>What sshd's <c>AuthorizedKeysCommand</c> asks for a cluster.</summary>
public static class AuthorizedKeysEndpoints
{
    /// <summary>Maps the endpoint.</summary>
    public static void MapAuthorizedKeys(this IEndpointRouteBuilder api) =>
        api.MapGet($"{ApiPaths.Root}/organizations/{{organization}}/projects/{{project}}/clusters/{{cluster}}/authorized-keys", ListAsync);

    private static async Task<IResult> ListAsync(ApiCall call, string? user, string? fingerprint, AccessControl access, AuthorizedKeysService keys)
    {
        var project = await call.OpenProjectAsync(access);
        if (!project.Succeeded)
        {
            return Problem.Of(project.Error).ToResult();
        }

        var listed = await keys.ListAsync(call.Actor, project.Value.Scope, call.Route("cluster"), user, fingerprint, call.Aborted);
        return listed.Succeeded ? Results.Text(string.Concat(listed.Value.Select(key => $"{key}\n"))) : Problem.Of(listed.Error).ToResult();
    }
}
