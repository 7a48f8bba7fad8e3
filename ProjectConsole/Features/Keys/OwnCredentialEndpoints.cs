using ProjectConsole.Api;

namespace ProjectConsole.Features.Keys;

/// <summary>
/// What a personal token does with its own kind: it reads and ends itself. It makes, lengthens and lists no other, whatever its set:
/// the smallest stolen one would become every other.
/// </summary>
public static class OwnCredentialEndpoints
{
    private const string Tag = "Account";

    /// <summary>Maps the endpoints.</summary>
    public static void MapOwnCredentialEndpoints(this IEndpointRouteBuilder api)
    {
        const string token = ApiPaths.Root + "/account/token", keys = ApiPaths.Root + "/account/ssh-keys";
        api.MapGet(token, GetTokenAsync).Named("getOwnToken", Tag, "Read the personal token that calls").Answers<TokenBody>();
        api.MapDelete(token, RevokeTokenAsync).Named("revokeOwnToken", Tag, "End the personal token that calls, at once").AnswersNothing();
        api.MapGet(keys, ListKeysAsync).Named("listSshKeys", Tag, "List the public keys with which the caller signs in to clusters").Answers<Listed<SshKeyBody>>();
    }

    private static async Task<IResult> GetTokenAsync(ApiCall call, TokensService tokens) => ApiCall.Answer(await tokens.GetOwnAsync(call.Actor, call.Aborted), TokenBody.Of);

    private static async Task<IResult> RevokeTokenAsync(ApiCall call, TokensService tokens) => ApiCall.Done(await tokens.RevokeOwnAsync(call.Actor, call.Aborted));

    private static async Task<IResult> ListKeysAsync(ApiCall call, ListCall list, SshKeysService keys) =>
        list.AnswerAll(await keys.ListAsync(call.Actor, call.Aborted), row => new SshKeyBody(row.Id, row.Name, row.Type, row.Fingerprint, row.CreatedUtc));
}

/// <summary>A personal token; nothing of its secret.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">For people.</param>
/// <param name="Shown">Its prefix and the end of its id, by which it is known again.</param>
/// <param name="Permissions">The set that cuts what its person may do.</param>
/// <param name="CreatedUtc">When it was made.</param>
/// <param name="ExpiresUtc">When it ends; null for never.</param>
public sealed record TokenBody(Guid Id, string Name, string Shown, IReadOnlyList<string> Permissions, DateTime CreatedUtc, DateTime? ExpiresUtc)
{
    internal static TokenBody Of(KeyListRow row) => new(
        row.Id, row.Name, row.Shown, row.Permissions.Split(' ', StringSplitOptions.RemoveEmptyEntries), row.CreatedUtc, row.ExpiresUtc);
}

/// <summary>A public key.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">For people.</param>
/// <param name="Type">Such as ssh-ed25519.</param>
/// <param name="Fingerprint">SHA256: and the hash.</param>
/// <param name="CreatedUtc">When it was added.</param>
public sealed record SshKeyBody(Guid Id, string Name, string Type, string Fingerprint, DateTime CreatedUtc);
