using ProjectConsole.Domain.Access;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Api;

/// <summary>One call of the API: who calls, and how it is answered. Handlers take it as a parameter.</summary>
public sealed class ApiCall
{
    private static readonly object Key = new();

    private readonly HttpContext _http;

    private ApiCall(HttpContext http, Actor actor) => (_http, Actor) = (http, actor);

    /// <summary>Who calls, with dry run and idempotency key as the call says.</summary>
    public Actor Actor { get; internal set; }

    /// <summary>Ends when the caller goes away.</summary>
    public CancellationToken Aborted => _http.RequestAborted;

    /// <summary>Notes who calls; done once, before the endpoint runs.</summary>
    internal static ApiCall Begin(HttpContext http, Actor actor)
    {
        var call = new ApiCall(http, actor);
        http.Items[Key] = call;
        return call;
    }

    /// <summary>The call of a request that was admitted.</summary>
    internal static ApiCall Of(HttpContext http) => Find(http) ?? throw new InvalidOperationException("Nobody was admitted to this call.");

    /// <summary>The call of a request whose caller was noted; null before that.</summary>
    internal static ApiCall? Find(HttpContext http) => http.Items[Key] as ApiCall;

    /// <summary>Called by the framework for a handler's parameter.</summary>
    public static ValueTask<ApiCall?> BindAsync(HttpContext context) => ValueTask.FromResult<ApiCall?>(Of(context));

    /// <summary>A part of the address.</summary>
    public string Route(string name) => _http.Request.RouteValues[name] as string ?? "";

    /// <summary>
    /// The project of the address whatever state it is in, for a command that decides by itself; the refusal where it does not exist or
    /// the caller may not know of it, before a command would hold it.
    /// </summary>
    public async Task<Result<ProjectScope>> FindProjectAsync(AccessControl access, Permission needs)
    {
        var found = await access.InProjectAsync(Actor, Route("organization"), Route("project"), Aborted);
        return AccessRefusal.InProject(found, needs) is NotFound absent ? absent : found!.Scope;
    }

    /// <summary>The organization of the address in the same way.</summary>
    public async Task<Result<Guid>> FindOrganizationAsync(AccessControl access, Permission needs)
    {
        var found = await access.InOrganizationAsync(Actor, Route("organization"), Aborted);
        return AccessRefusal.InOrganization(found, needs) is NotFound absent ? absent : found!.Id;
    }

    /// <summary>Answers with a value, or with the refusal.</summary>
    public static IResult Answer<T>(Result<T> result, Func<T, object> shown) =>
        result.Succeeded ? Results.Json(shown(result.Value), ApiJson.Options) : Refuse(result.Error);

    /// <summary>Answers with one thing under its edit token, or with the refusal.</summary>
    public IResult Answer<T>(Result<T> result, Func<T, Guid> version, Func<T, object> shown)
    {
        if (result.Succeeded)
        {
            _http.Response.Headers.ETag = $"\"{version(result.Value):N}\"";
        }

        return Answer(result, shown);
    }

    /// <summary>Answers with what was made and where it is, with what a dry run would make, or with the refusal.</summary>
    /// <param name="result">What the service says.</param>
    /// <param name="address">Its address below <see cref="ApiPaths.Root"/>.</param>
    /// <param name="shown">What the caller is told of it.</param>
    public IResult Made<T>(Result<T> result, Func<T, string> address, Func<T, object> shown)
    {
        if (!result.Succeeded)
        {
            return Refuse(result.Error);
        }

        if (Actor.DryRun)
        {
            return Results.Json(shown(result.Value), ApiJson.Options);
        }

        _http.Response.Headers.Location = address(result.Value);
        return Results.Json(shown(result.Value), ApiJson.Options, statusCode: StatusCodes.Status201Created);
    }

    /// <summary>Answers that it was done, or would be, without a body; or with the refusal.</summary>
    public static IResult Done(Result result) => result.Succeeded ? Results.NoContent() : Refuse(result.Error);

    /// <summary>Answers whom it concerned, in a dry run with what each would gain and lose; or with the refusal.</summary>
    public IResult Changed(Result<AccessChange> result) => Answer(result, change => AccessChangeBody.Of(change, Actor.DryRun));

    /// <summary>Answers with a refusal.</summary>
    public static IResult Refuse(Error error) => Problem.Of(error).ToResult();
}
