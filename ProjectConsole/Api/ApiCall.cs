using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Api;

/// <summary>One call of the API: who calls, and what every endpoint asks of it. Handlers take it as a parameter.</summary>
public sealed class ApiCall
{
    private static readonly object Key = new();

    private readonly HttpContext _http;

    private ApiCall(HttpContext http, Actor actor) => (_http, Actor) = (http, actor);

    /// <summary>Who calls.</summary>
    public Actor Actor { get; }

    /// <summary>Ends when the caller goes away.</summary>
    public CancellationToken Aborted => _http.RequestAborted;

    /// <summary>Notes who calls; done once, before the endpoint runs.</summary>
    internal static void Begin(HttpContext http, Actor actor) => http.Items[Key] = new ApiCall(http, actor);

    /// <summary>The call of a request whose caller was noted; null before that.</summary>
    internal static ApiCall? Of(HttpContext http) => http.Items[Key] as ApiCall;

    /// <summary>Called by the framework for a handler's parameter.</summary>
    public static ValueTask<ApiCall?> BindAsync(HttpContext context) => ValueTask.FromResult(Of(context));

    /// <summary>The project of the address as the caller may open it, or the refusal.</summary>
    public async Task<Result<ProjectAccess>> OpenProjectAsync(AccessControl access)
    {
        var (organization, project) = (Route("organization"), Route("project"));
        return await access.OpenProjectAsync(Actor, organization, project, Aborted) is { } opened ? opened : new NotFound();
    }

    /// <summary>A part of the address.</summary>
    public string Route(string name) => _http.Request.RouteValues[name] as string ?? "";

    /// <summary>Reads the body and answers with what the body does, or with what is wrong with it.</summary>
    public async Task<IResult> WithBodyAsync<T>(Func<T, Task<IResult>> handle)
        where T : class
    {
        var (body, problem) = await ApiJson.ReadAsync<T>(_http);
        return body is null ? problem!.ToResult() : await handle(body);
    }

    /// <summary>Answers with a value, or with the refusal.</summary>
    public static IResult Answer<T>(Result<T> result, Func<T, object> shown) =>
        result.Succeeded ? Results.Json(shown(result.Value), ApiJson.Options) : Problem.Of(result.Error).ToResult();
}
