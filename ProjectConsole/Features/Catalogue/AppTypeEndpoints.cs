using ProjectConsole.Api;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Resources;

namespace ProjectConsole.Features.Catalogue;

/// <summary>The app types of an organization through the API.</summary>
public static class AppTypeEndpoints
{
    private const string Tag = "Catalogue";

    /// <summary>Maps the endpoints.</summary>
    public static void MapAppTypeEndpoints(this IEndpointRouteBuilder api)
    {
        const string all = ApiPaths.OfOrganization + "/app-types";
        api.MapGet(all, GetAsync).Named("getAppTypes", Tag, "Read the app types that an organization offers").Needs(Permissions.CatalogueView).Answers<AppTypesBody>();
        api.MapPut(all, ReplaceAsync).Named("replaceAppTypes", Tag, "Replace the app types that an organization offers; apps of a type that goes stay").Needs(Permissions.CatalogueManage)
            .AnswersNothing();
    }

    private static async Task<IResult> GetAsync(ApiCall call, AddressedOrganization organization, AppTypesService types) =>
        call.Answer(await types.GetAsync(call.Actor, organization.Id, call.Aborted), view => view.Version, AppTypesBody.Of);

    private static async Task<IResult> ReplaceAsync(ApiCall call, AddressedOrganization organization, IfMatch match, Body<AppTypesBody> body, AppTypesService types) =>
        ApiCall.Done(await types.ReplaceAsync(call.Actor, organization.Id, body.Value.ToTypes(), match.Version, call.Aborted));
}

/// <summary>The app types of an organization.</summary>
/// <param name="Types">All of them, 1 to 100, in the order in which people read them.</param>
public sealed record AppTypesBody(IReadOnlyList<AppTypeBody?>? Types)
{
    internal static AppTypesBody Of(AppTypesView view) => new([.. view.Types.Select(type => new AppTypeBody(type.Name, type.Title))]);

    internal IReadOnlyList<FieldChoice> ToTypes() => [.. (Types ?? []).Select(type => new FieldChoice(type?.Name ?? "", type?.Title ?? ""))];
}

/// <summary>A type of app.</summary>
/// <param name="Name">Stored with apps: 1 to 63 of a-z 0-9 - _ . and unique.</param>
/// <param name="Title">What people read, 1 to 60 characters.</param>
public sealed record AppTypeBody(string? Name, string? Title);
