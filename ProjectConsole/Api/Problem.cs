using System.Globalization;
using System.Text.Json.Serialization;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Limits;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Api;

/// <summary>Why a call was refused, as RFC 9457 writes it.</summary>
/// <param name="Type">A stable name of the kind of refusal, for programs.</param>
/// <param name="Title">The kind of refusal, for people.</param>
/// <param name="Status">The status of the answer.</param>
/// <param name="Detail">What is wrong with this call and how it is mended.</param>
public sealed record Problem(string Type, string Title, int Status, string Detail)
{
    /// <summary>The media type of problems.</summary>
    public const string MediaType = "application/problem+json";

    /// <summary>Every wrong field with its sentence; null where no field is at fault.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Errors { get; init; }

    /// <summary>By which the log knows the call.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RequestId { get; init; }

    /// <summary>The problem that says a refusal of a service.</summary>
    public static Problem Of(Error error) => error switch
    {
        NotFound or { IsAbsence: true } => new("not-found", "Not found", StatusCodes.Status404NotFound, error.Message),
        CredentialEnded => new("unauthorized", "Unauthorized", StatusCodes.Status401Unauthorized, error.Message),
        Forbidden or TokenLacks or NotThroughCredential or ExceedsOwn or OutlivesOwn => new("forbidden", "Forbidden", StatusCodes.Status403Forbidden, error.Message),
        Invalid wrong => new("invalid", "Invalid input", StatusCodes.Status400BadRequest, error.Message) { Errors = Fields(wrong) },
        Stale => new("stale", "Changed meanwhile", StatusCodes.Status412PreconditionFailed, error.Message),
        IdempotencyKeyTaken => new("idempotency-key-taken", "Idempotency key taken", StatusCodes.Status422UnprocessableEntity, error.Message),
        LimitReached => new("limit-reached", "Limit reached", StatusCodes.Status409Conflict, error.Message),
        _ => new("refused", "Refused", StatusCodes.Status409Conflict, error.Message),
    };

    /// <summary>A call that is malformed as a whole.</summary>
    public static Problem BadRequest(string detail) => new("malformed", "Malformed call", StatusCodes.Status400BadRequest, detail);

    /// <summary>A body that is longer than one may be.</summary>
    public static Problem TooLarge() => new(
        "too-large", "Body too large", StatusCodes.Status413PayloadTooLarge, string.Create(CultureInfo.InvariantCulture, $"A body can have at most {ApiJson.LargestBody:N0} bytes."));

    /// <summary>A body that is of another kind than the call takes.</summary>
    public static Problem OfMediaType(string detail) => new("media-type", "Unsupported media type", StatusCodes.Status415UnsupportedMediaType, detail);

    /// <summary>The answer with this problem.</summary>
    public IResult ToResult() => Results.Json(this, ApiJson.Options, MediaType, Status);

    // The names that callers know: camel case, as in the bodies.
    private static Dictionary<string, string> Fields(Invalid wrong) => wrong.Fields.GroupBy(field => ApiJson.Name(field.Field))
        .ToDictionary(group => group.Key, group => string.Join(" ", group.Select(field => field.Message)));
}
