using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Metadata;
using ProjectConsole.Security;

namespace ProjectConsole.Api;

/// <summary>
/// Reads what every call can say beside its own fields: <c>dryRun</c> and <c>Idempotency-Key</c>. Parameters that a call does not
/// know are refused: a filter with a slip in its name would show everything.
/// </summary>
internal static class CallOptions
{
    /// <summary>The parameter that lets a change be tried.</summary>
    public const string DryRun = "dryRun";

    /// <summary>The parameter that names project keys which a change of access revokes.</summary>
    public const string RevokeKey = "revokeKey";

    /// <summary>The header under which a creation is carried out once.</summary>
    public const string IdempotencyKey = "Idempotency-Key";

    /// <summary>Notes them in the call, or answers what is wrong with them.</summary>
    public static async Task<Problem?> ReadAsync(ApiCall call, HttpContext http)
    {
        var isChange = !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method) && http.GetEndpoint()?.Metadata.GetMetadata<AsksOnly>() is null;
        if (http.GetEndpoint()?.Metadata.GetMetadata<KnownParameters>() is { } known
            && http.Request.Query.Keys.FirstOrDefault(name => !known.Names.Contains(name) && !(isChange && name == DryRun)) is { } unknown)
        {
            return Problem.BadRequest($"This call has no parameter {Shared.TextRules.Clean(unknown)}. It has: {(known.Names.Count == 0 ? "none" : string.Join(", ", known.Names))}.");
        }

        if (http.Request.RouteValues.Values.OfType<string>().Concat(http.Request.Query.SelectMany(pair => pair.Value).OfType<string>()).Any(text => text.Contains('\0', StringComparison.Ordinal)))
        {
            return Problem.BadRequest("The character U+0000 stands in no name.");
        }

        if (isChange && http.Request.Headers.IfMatch.Count > 0 && http.GetEndpoint()?.Metadata.GetMetadata<KnownParameters>() is { ComparesVersions: false })
        {
            return Problem.BadRequest("This call compares no versions: send it without If-Match.");
        }

        if (isChange && http.Request.Query.TryGetValue(DryRun, out var dry))
        {
            if (dry.ToString() is not ("true" or "false"))
            {
                return Problem.Of(new Shared.Invalid(DryRun, "dryRun is true or false."));
            }

            call.Actor = call.Actor with { DryRun = dry == "true" };
        }

        if (http.Request.Query.TryGetValue(RevokeKey, out var keys))
        {
            var ids = keys.Select(key => Guid.TryParse(key, out var id) ? id : (Guid?)null).ToList();
            if (ids.Contains(null))
            {
                return Problem.Of(new Shared.Invalid(RevokeKey, "revokeKey is the id of a key, and can stand several times."));
            }

            call.Actor = call.Actor with { RevokedKeys = [.. ids.OfType<Guid>().Distinct()] };
        }

        if (http.Request.Headers.ContainsKey(IdempotencyKey) && http.GetEndpoint()?.Metadata.GetMetadata<RepeatsByItself>() is not null)
        {
            return Problem.BadRequest($"This call takes no {IdempotencyKey}: sent again it changes nothing more.");
        }

        return isChange && HttpMethods.IsPost(http.Request.Method) && http.Request.Headers.TryGetValue(IdempotencyKey, out var key) ? await RepeatableAsync(call, http, key.ToString()) : null;
    }

    private static async Task<Problem?> RepeatableAsync(ApiCall call, HttpContext http, string key)
    {
        if (key.Length is 0 or > RepeatableCall.LongestKey || key.Any(letter => letter is <= ' ' or > '~'))
        {
            return Problem.BadRequest($"{IdempotencyKey} has 1 to {RepeatableCall.LongestKey} letters, digits or signs, without spaces.");
        }

        // The body is read twice: here for its hash, and by the endpoint.
        http.Request.EnableBuffering(bufferThreshold: (int)ApiJson.LargestBody, bufferLimit: ApiJson.LargestBody);
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData(Encoding.UTF8.GetBytes($"{call.Actor.Credential?.Id:N} {http.Request.Path}{http.Request.QueryString}\n"));
            hash.AppendData(await SHA256.HashDataAsync(http.Request.Body, http.RequestAborted));
            http.Request.Body.Position = 0;
            call.Actor = call.Actor with { Repeatable = new RepeatableCall(key, Convert.ToHexString(hash.GetHashAndReset())) };
            return null;
        }
        catch (BadHttpRequestException failure) when (failure.StatusCode != StatusCodes.Status413PayloadTooLarge)
        {
            return Problem.BadRequest("The body ended early or was not sent as its headers say.");
        }
        catch (IOException)
        {
            return Problem.TooLarge();
        }
    }

    /// <summary>Notes which parameters of the address the endpoints know: those that their handlers take.</summary>
    public static void KnowParameters(IEndpointConventionBuilder endpoints) => endpoints.Finally(endpoint =>
    {
        var route = (endpoint as RouteEndpointBuilder)?.RoutePattern;
        var names = endpoint.Metadata.OfType<MethodInfo>().Take(1).SelectMany(handler => handler.GetParameters()).SelectMany(Names)
            .Where(name => route?.GetParameter(name) is null).Concat(ChangesAccess(endpoint.Metadata) ? [RevokeKey] : []);
        var comparesVersions = endpoint.Metadata.OfType<MethodInfo>().Take(1).Any(handler => handler.GetParameters().Any(parameter => parameter.ParameterType == typeof(IfMatch)));
        endpoint.Metadata.Add(new KnownParameters([.. names.Order(StringComparer.Ordinal)], comparesVersions));
    });

    /// <summary>Whether an endpoint answers a change of access.</summary>
    public static bool ChangesAccess(IEnumerable<object> metadata) => metadata.OfType<IProducesResponseTypeMetadata>().Any(produced => produced.Type == typeof(AccessChangeBody)) && !metadata.OfType<LeavesKeys>().Any();

    private static IEnumerable<string> Names(ParameterInfo parameter)
    {
        var type = parameter.ParameterType.IsArray ? parameter.ParameterType.GetElementType()! : Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return type == typeof(ListCall) ? ["cursor", "limit"]
            : type.IsPrimitive || IsChoice(type) || type == typeof(string) || type == typeof(Guid) || type == typeof(DateTime) ? [parameter.Name!]
            : [];
    }

    /// <summary>Whether a type is one of a few words.</summary>
    public static bool IsChoice(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Choice<>);
}

/// <summary>The parameters that a call's address can have.</summary>
/// <param name="Names">In the order of the alphabet.</param>
/// <param name="ComparesVersions">Whether the call reads <c>If-Match</c>.</param>
internal sealed record KnownParameters(IReadOnlyList<string> Names, bool ComparesVersions);
