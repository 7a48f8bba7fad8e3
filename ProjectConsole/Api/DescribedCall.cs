using Microsoft.OpenApi;

namespace ProjectConsole.Api;

/// <summary>What the document says of every call of a shape: the parameters that it has by its shape, and how it can be refused.</summary>
/// <param name="Parts">Types of the handler's parameters.</param>
/// <param name="Method">GET, POST and so on.</param>
/// <param name="Asks">It changes nothing whatever its method.</param>
/// <param name="HasBody">It takes a body.</param>
/// <param name="ChangesAccess">It answers a change of access, with which keys can be revoked.</param>
/// <param name="RepeatsByItself">It takes no idempotency key.</param>
internal sealed record DescribedCall(IReadOnlyList<Type> Parts, string Method, bool Asks, bool HasBody, bool ChangesAccess, bool RepeatsByItself)
{
    private bool IsChange => !Asks && Method is not ("GET" or "HEAD");

    /// <summary>The parameters that the call has by its shape.</summary>
    public IEnumerable<OpenApiParameter> Parameters
    {
        get
        {
            if (Parts.Contains(typeof(ListCall)))
            {
                yield return Query("limit", JsonSchemaType.Integer, $"How many rows, 1 to {ListCall.LargestLimit}; {ListCall.UsualLimit} where it is not given.");
                yield return Query("cursor", JsonSchemaType.String, "The nextCursor of the part before.");
            }

            if (Parts.Contains(typeof(IfMatch)))
            {
                yield return Header("If-Match", "The ETag under which it was read; a change of something that changed since is refused.");
            }

            if (IsChange)
            {
                yield return Query(CallOptions.DryRun, JsonSchemaType.Boolean, "Check and show everything, change nothing.");
            }

            if (ChangesAccess)
            {
                yield return Query(CallOptions.RevokeKey, JsonSchemaType.String, "A project key, of somebody who loses something, that is revoked with the change; can stand several times.");
            }

            if (IsChange && Method == "POST" && !RepeatsByItself)
            {
                yield return Header(CallOptions.IdempotencyKey, "Sent again within 24 hours with the same call, it is carried out once.");
            }
        }
    }

    /// <summary>How it can be refused, by status.</summary>
    public IEnumerable<(string Status, string Sentence)> Refusals
    {
        get
        {
            yield return ("400", "The call is malformed or its values break rules; errors names every wrong field.");
            yield return ("401", "No key, or one that opens nothing.");
            yield return ("403", "A permission is missing; the detail names it and who can grant it.");
            yield return ("404", "It does not exist, or the caller has nothing there.");
            if (IsChange)
            {
                yield return ("409", "A rule or a limit says no.");
            }

            if (Parts.Contains(typeof(IfMatch)))
            {
                yield return ("412", "It changed since it was read.");
            }

            if (HasBody)
            {
                yield return ("413", "The body is too large.");
                yield return ("415", "The body is of another media type.");
            }

            if (IsChange && Method == "POST")
            {
                yield return ("422", "The idempotency key stands for another call.");
            }

            yield return ("429", "Too many calls; Retry-After says when to come again.");
        }
    }

    /// <summary>A parameter of the address.</summary>
    public static OpenApiParameter Query(string name, JsonSchemaType type, string sentence) =>
        new() { Name = name, In = ParameterLocation.Query, Description = sentence, Schema = new OpenApiSchema { Type = type } };

    private static OpenApiParameter Header(string name, string sentence) =>
        new() { Name = name, In = ParameterLocation.Header, Description = sentence, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
}
