using ProjectConsole.Api;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Keys;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Keys;

/// <summary>The keys of a project through the API. A secret stands in one answer and nowhere else.</summary>
public static class KeyEndpoints
{
    private const string Tag = "API keys";

    /// <summary>Maps the endpoints.</summary>
    public static void MapKeyEndpoints(this IEndpointRouteBuilder api)
    {
        const string all = ApiPaths.OfProject + "/keys", one = all + "/{key}";
        api.MapGet(all, ListAsync).Named("listKeys", Tag, "List the keys of a project, ended ones included").Needs(Permissions.KeysView).Answers<Listed<KeyBody>>();
        api.MapPost(all, CreateAsync).Named("createKey", Tag, "Create a key; its secret is answered once").Needs(Permissions.KeysCreate).Answers<IssuedKeyBody>(201);
        api.MapGet(one, GetAsync).Named("getKey", Tag, "Read a key").Needs(Permissions.KeysView).Answers<KeyBody>();
        api.MapPost(one + "/rotate", RotateAsync).Named("rotateKey", Tag, "Give a key another secret, which is answered once").Needs(Permissions.KeysCreate).Answers<IssuedKeyBody>();
        api.MapDelete(one, RevokeAsync).Named("revokeKey", Tag, "End a key for good, at once").Needs(Permissions.KeysRevoke).AnswersNothing();
    }

    private static async Task<IResult> ListAsync(ApiCall call, AddressedProject project, ListCall list, KeyDirectory directory)
    {
        var found = await directory.ListAsync(call.Actor, project.Scope, call.Aborted);
        return list.AnswerAll(found.Map(all => all.Rows), KeyBody.Of);
    }

    private static async Task<IResult> GetAsync(ApiCall call, AddressedProject project, KeyDirectory directory)
    {
        var (listed, id) = (await directory.ListAsync(call.Actor, project.Scope, call.Aborted), KeyOf(call));
        return !listed.Succeeded ? ApiCall.Refuse(listed.Error)
            : listed.Value.Rows.FirstOrDefault(row => row.Id == id) is { } found ? ApiCall.Answer<KeyListRow>(found, KeyBody.Of)
            : ApiCall.Refuse(new NotFound());
    }

    private static async Task<IResult> CreateAsync(ApiCall call, AddressedProject project, Body<NewKeyBody> body, KeysService keys)
    {
        var typed = body.Value;
        var draft = new KeyDraft(typed.Name ?? "", [.. (typed.Permissions ?? []).Select(name => name ?? "")], typed.ExpiresUtc);
        var made = await keys.CreateAsync(call.Actor, project.Scope, draft, call.Aborted);
        return call.Made(made, key => $"{project.Address}/keys/{key.Id}", key => IssuedKeyBody.Of(key, call.Actor.DryRun));
    }

    private static async Task<IResult> RotateAsync(ApiCall call, AddressedProject project, Body<RotationBody> body, KeysService keys)
    {
        // As far as the clock goes; the longest grace is much less.
        var grace = TimeSpan.FromHours(Math.Clamp(body.Value.GraceHours, -1, 1_000_000));
        var rotated = await keys.RotateAsync(call.Actor, project.Scope, KeyOf(call), grace, call.Aborted);
        return ApiCall.Answer(rotated.Named(("Grace", nameof(RotationBody.GraceHours))), key => IssuedKeyBody.Of(key, call.Actor.DryRun));
    }

    private static async Task<IResult> RevokeAsync(ApiCall call, AddressedProject project, KeysService keys) =>
        ApiCall.Done(await keys.RevokeAsync(call.Actor, project.Scope, KeyOf(call), call.Aborted));

    // Another text than an id is the id of nothing.
    private static Guid KeyOf(ApiCall call) => Guid.TryParse(call.Route("key"), out var id) ? id : Guid.Empty;
}

/// <summary>A key in a list; nothing of its secret.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">For people.</param>
/// <param name="Shown">Its prefix and the end of its id, by which it is known again.</param>
/// <param name="Permissions">What it may do.</param>
/// <param name="State">What became of it.</param>
/// <param name="CreatedBy">Who made it, by address; empty for the console.</param>
/// <param name="CreatorGone">Whether that person has nothing in the project any more.</param>
/// <param name="CreatedUtc">When it was made.</param>
/// <param name="ExpiresUtc">When it ends; null for never.</param>
/// <param name="LastUsedUtc">When it was last used; null for never.</param>
/// <param name="RevokedBy">Who revoked it; empty while nobody did.</param>
/// <param name="OrganizationDefault">Whether it is the Organization Default Key.</param>
public sealed record KeyBody(
    Guid Id, string Name, string Shown, IReadOnlyList<string> Permissions, KeyState State, string CreatedBy, bool CreatorGone, DateTime CreatedUtc, DateTime? ExpiresUtc, DateTime? LastUsedUtc,
    string RevokedBy, bool OrganizationDefault)
{
    internal static KeyBody Of(KeyListRow row) => new(
        row.Id, row.Name, row.Shown, row.Permissions.Split(' ', StringSplitOptions.RemoveEmptyEntries), row.State, row.CreatedByName, row.IsCreatorGone, row.CreatedUtc, row.ExpiresUtc,
        row.LastUsedUtc, row.RevokedByName, row.IsOrganizationDefault);
}

/// <summary>A key to create, with no more than its creator holds.</summary>
/// <param name="Name">For people.</param>
/// <param name="Permissions">Names from the catalogue; what they include comes with them.</param>
/// <param name="ExpiresUtc">When it ends; never where it is not sent, unless the organization bounds the life of keys.</param>
public sealed record NewKeyBody(string? Name, IReadOnlyList<string?>? Permissions, DateTime? ExpiresUtc);

/// <summary>How a key gets another secret.</summary>
/// <param name="GraceHours">How long the former secret stays good.</param>
public sealed record RotationBody(int GraceHours = 0);

/// <summary>A key with its secret.</summary>
/// <param name="Id">The key; null where it was only tried.</param>
/// <param name="Name">For people.</param>
/// <param name="Secret">The whole text, once: null where it was only tried, and where the call is a repeated one.</param>
/// <param name="ExpiresUtc">When it ends; null for never.</param>
public sealed record IssuedKeyBody(Guid? Id, string Name, string? Secret, DateTime? ExpiresUtc)
{
    internal static IssuedKeyBody Of(IssuedKey key, bool isTried) => new(isTried ? null : key.Id, key.Name, isTried ? null : key.Secret, key.ExpiresUtc);
}
