using System.Security.Cryptography;
using System.Text;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Api;

/// <summary>
/// Reads what every call can say beside its own fields: <c>dryRun</c>, <c>revokeKey</c> and <c>Idempotency-Key</c>. What a call does
/// not know is refused: a filter with a slip in its name would show everything.
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
        var endpoint = http.GetEndpoint()?.Metadata;
        var isChange = !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method) && endpoint?.GetMetadata<AsksOnly>() is null;
        return RefuseUnknown(http.Request, endpoint?.GetMetadata<KnownParameters>(), isChange)
            ?? (isChange ? ReadDryRun(call, http.Request) : null)
            ?? ReadRevokedKeys(call, http.Request)
            ?? (http.Request.Headers.ContainsKey(IdempotencyKey) && endpoint is not null ? await ReadIdempotencyKeyAsync(call, http, endpoint, isChange) : null);
    }

    private static Problem? RefuseUnknown(HttpRequest request, KnownParameters? known, bool isChange)
    {
        if (request.Query.Keys.FirstOrDefault(name => known?.Names.Contains(name) == false && !(isChange && name == DryRun)) is { } unknown)
        {
            return Problem.BadRequest($"This call has no parameter {TextRules.Clean(unknown)}. It has: {(known!.Names.Count == 0 ? "none" : string.Join(", ", known.Names))}.");
        }

        if (request.RouteValues.Values.OfType<string>().Concat(request.Query.SelectMany(pair => pair.Value).OfType<string>()).Any(text => text.Contains('\0', StringComparison.Ordinal)))
        {
            return Problem.BadRequest("The character U+0000 stands in no name.");
        }

        return isChange && request.Headers.IfMatch.Count > 0 && known is { ComparesVersions: false }
            ? Problem.BadRequest("This call compares no versions: send it without If-Match.") : null;
    }

    private static Problem? ReadDryRun(ApiCall call, HttpRequest request)
    {
        var asked = request.Query[DryRun];
        if (asked.Count == 0)
        {
            return null;
        }

        if (asked.ToString() is not ("true" or "false"))
        {
            return Problem.Of(new Invalid(DryRun, "dryRun is true or false."));
        }

        call.Actor = call.Actor with { DryRun = asked == "true" };
        return null;
    }

    private static Problem? ReadRevokedKeys(ApiCall call, HttpRequest request)
    {
        if (!request.Query.TryGetValue(RevokeKey, out var keys))
        {
            return null;
        }

        var ids = keys.Select(key => Guid.TryParse(key, out var id) ? id : (Guid?)null).ToList();
        if (ids.Contains(null))
        {
            return Problem.Of(new Invalid(RevokeKey, "revokeKey is the id of a key, and can stand several times."));
        }

        call.Actor = call.Actor with { RevokedKeys = [.. ids.OfType<Guid>().Distinct()] };
        return null;
    }

    private static async Task<Problem?> ReadIdempotencyKeyAsync(ApiCall call, HttpContext http, EndpointMetadataCollection endpoint, bool isChange)
    {
        if (endpoint.GetMetadata<RepeatsByItself>() is not null)
        {
            return Problem.BadRequest($"This call takes no {IdempotencyKey}: sent again it changes nothing more.");
        }

        if (!isChange || !HttpMethods.IsPost(http.Request.Method))
        {
            return null;
        }

        var key = http.Request.Headers[IdempotencyKey].ToString();
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
}
