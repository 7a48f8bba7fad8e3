using Microsoft.OpenApi;
using ProjectConsole.Domain.Access;

namespace ProjectConsole.Api;

/// <summary>What the API's document says of an endpoint beside its address and bodies.</summary>
public static class EndpointWords
{
    /// <summary>Names the call.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="id">Its stable name for generated clients: a verb and a noun.</param>
    /// <param name="tag">Under which it is listed.</param>
    /// <param name="summary">What it does, as a command.</param>
    public static RouteHandlerBuilder Named(this RouteHandlerBuilder endpoint, string id, string tag, string summary) =>
        endpoint.WithName(id).WithTags(tag).WithSummary(summary);

    /// <summary>Says which permissions it needs; of several, the ones that what is asked for calls for.</summary>
    public static RouteHandlerBuilder Needs(this RouteHandlerBuilder endpoint, params Permission[] permissions) =>
        endpoint.WithMetadata(new NeededPermissions([.. permissions.Select(permission => permission.Name)]));

    /// <summary>Says that it changes nothing whatever its method: it is not tried and not repeated.</summary>
    public static RouteHandlerBuilder OnlyAsks(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new AsksOnly());

    /// <summary>Says that sent again it changes nothing more, so that it takes no idempotency key.</summary>
    public static RouteHandlerBuilder RepeatsByItself(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new RepeatsByItself());

    /// <summary>Says that it revokes no keys with what it does.</summary>
    public static RouteHandlerBuilder LeavesKeys(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new LeavesKeys());

    /// <summary>Says itself what it takes in its address and answers, without a body, because it is none of the calls that all have in common.</summary>
    public static RouteHandlerBuilder DescribesItself(this RouteHandlerBuilder endpoint, (string Name, string Sentence)[] parameters, (string Status, string Sentence)[] answers) =>
        endpoint.WithMetadata(new OwnDescription()).AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Parameters = [.. parameters.Select(parameter => DescribedCall.Query(parameter.Name, JsonSchemaType.String, parameter.Sentence))];
            operation.Responses = [];
            foreach (var (status, sentence) in answers)
            {
                operation.Responses.Add(status, new OpenApiResponse { Description = sentence });
            }

            return Task.CompletedTask;
        });

    /// <summary>Says what it answers.</summary>
    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder endpoint, int status = StatusCodes.Status200OK) => endpoint.Produces<T>(status);

    /// <summary>Says that it answers nothing but that it was done.</summary>
    public static RouteHandlerBuilder AnswersNothing(this RouteHandlerBuilder endpoint) => endpoint.Produces(StatusCodes.Status204NoContent);
}

/// <summary>The permissions that an endpoint needs, by name.</summary>
internal sealed record NeededPermissions(IReadOnlyList<string> Names);

/// <summary>Marks an endpoint that says itself what the document holds of it.</summary>
internal sealed class OwnDescription;

/// <summary>Marks an endpoint that changes nothing whatever its method.</summary>
internal sealed class AsksOnly;

/// <summary>Marks an endpoint that takes no idempotency key.</summary>
internal sealed class RepeatsByItself;

/// <summary>Marks an endpoint that revokes no keys.</summary>
internal sealed class LeavesKeys;
