using System.Globalization;
using ProjectConsole.Api;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Security;

namespace ProjectConsole.Features.Explanations;

/// <summary>
/// What nginx's <c>auth_request</c> and the like ask before they let a request through. It answers 200, 401 or 403 whatever it is
/// sent: a proxy takes everything else for a failure.
/// </summary>
public static class ForwardAuthEndpoints
{
    /// <summary>Maps the endpoint, for every method: one that is not for reading is refused like the rest.</summary>
    public static void MapForwardAuth(this WebApplication app)
    {
        app.MapGet(ApiPaths.ForwardAuth, PassAsync).Named("passForwardAuth", "Access", "Answer a proxy whether it lets a request through").DescribesItself(
            [
                ("project", "organization/project."),
                ("permission", "The permission that is asked for; with a resource and without a permission, that it may be seen."),
                ("resource", "kind/name of one resource in the project, such as cluster/gpu-a100-1."),
            ],
            [
                ("200", "It passes. X-Auth-Request-User, -Email and -Project say who it is."), ("401", "No key, token or session, or one that opens nothing."),
                ("403", "It does not pass; also where the question is malformed, because a proxy takes every other status for a failure."),
            ]);
        app.Map(ApiPaths.ForwardAuth, PassAsync).ExcludeFromDescription();
    }

    private static async Task PassAsync(HttpContext http, Callers callers, ForwardAuthService guard)
    {
        var (actor, problem) = await ActorAsync(http, callers);
        if (actor is not null)
        {
            var query = http.Request.Query;
            var passed = await guard.PassAsync(actor, new Guarded(One(query["project"]), One(query["permission"]), One(query["resource"])), http.RequestAborted);
            if (passed.Succeeded)
            {
                Identify(http.Response.Headers, actor, passed.Value);
                return;
            }

            problem = Problem.Of(passed.Error) with { Status = StatusCodes.Status403Forbidden };
        }

        await problem!.ToResult().ExecuteAsync(http);
    }

    // A key or token, or the session of a page: its cookie was checked as for every page before this ran. Another site can make a
    // browser send the cookie, and gains nothing: nothing is changed here, and it cannot read the answer.
    private static async Task<(Actor? Actor, Problem? Problem)> ActorAsync(HttpContext http, Callers callers)
    {
        if (!(HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)))
        {
            return (null, new Problem("forbidden", "Forbidden", StatusCodes.Status403Forbidden, "Ask with GET."));
        }

        // A header of another scheme is meant for what is guarded.
        if (BearerHeader.IsSent(http.Request) || http.User.UserId() is null)
        {
            return await callers.AdmitAsync(http) is not { } refused ? (ApiCall.Of(http)!.Actor, null)
                : (null, refused.Status == StatusCodes.Status401Unauthorized ? refused : refused with { Status = StatusCodes.Status403Forbidden });
        }

        return (http.User.ActingFrom(RequestOrigin.Of(http)), null);
    }

    // Twice the same name is no question.
    private static string? One(Microsoft.Extensions.Primitives.StringValues values) => values.Count == 0 ? null : values.Count == 1 ? values[0] : "";

    // As oauth2-proxy names them. A proxy hands them on in place of what the client sent under these names.
    private static void Identify(IHeaderDictionary headers, Actor actor, ProjectAccess project)
    {
        headers["X-Auth-Request-User"] = actor.UserId.ToString("D", CultureInfo.InvariantCulture);
        headers["X-Auth-Request-Project"] = $"{project.Organization.Slug}/{project.Project.Slug}";
        if (actor.Kind == AuditActorKind.Person)
        {
            headers["X-Auth-Request-Email"] = HeaderText.Of(actor.Name);
        }
    }
}
