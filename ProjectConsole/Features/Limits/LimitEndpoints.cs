using ProjectConsole.Api;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Limits;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Limits;

/// <summary>Limits of projects, personal spaces, organizations and the installation through the API, with what is used of them.</summary>
public static class LimitEndpoints
{
    private const string Tag = "Limits";

    /// <summary>Maps the endpoints.</summary>
    public static void MapLimitEndpoints(this IEndpointRouteBuilder api)
    {
        MapProject(api, ApiPaths.OfProject + "/limits");
        MapOrganization(api, ApiPaths.OfOrganization + "/limits", "OrganizationLimit", "that an organization sets for each project", LimitPlace.ForProjectsOf);
        MapOrganization(
            api, ApiPaths.OfOrganization + "/personal-space-limits", "PersonalSpaceLimit", "that an organization sets for each personal space", LimitPlace.ForPersonalSpacesOf);
        api.MapGet(ApiPaths.OfOrganization + "/personal-space/limits", ListOwnAsync).Named("listOwnLimits", Tag, "List the limits of your personal space, and what is used of them")
            .Needs(Permissions.OrganizationView).Answers<Listed<LimitBody>>();
        MapInstallation(api, ApiPaths.Root + "/installation/limits", "DefaultLimit", "that count where nobody sets another", LimitPlace.Defaults);
        MapInstallation(api, ApiPaths.Root + "/installation/limit-bounds", "LimitBound", "up to which organizations may set theirs", LimitPlace.Bounds);
    }

    private static void MapProject(IEndpointRouteBuilder api, string all)
    {
        var one = all + "/{metric}";
        api.MapGet(all, (ApiCall call, AddressedProject project, ListCall list, LimitsService limits) => ListAsync(call, LimitPlace.Of(project.Scope), list, limits))
            .Named("listLimits", Tag, "List the limits of a project, and what is used of them").Needs(Permissions.LimitsView).Answers<Listed<LimitBody>>();
        api.MapPut(one, (ApiCall call, AddressedProject project, Body<NewLimitBody> body, LimitsService limits) => SetAsync(call, LimitPlace.Of(project.Scope), body.Value, limits))
            .Named("setLimit", Tag, "Set a limit of a project").Needs(Permissions.LimitsSet).AnswersNothing();
        api.MapDelete(one, (ApiCall call, AddressedProject project, LimitsService limits) => ClearAsync(call, LimitPlace.Of(project.Scope), limits))
            .Named("clearLimit", Tag, "Clear a limit of a project, so that the one above counts").Needs(Permissions.LimitsSet).AnswersNothing();
    }

    private static void MapOrganization(IEndpointRouteBuilder api, string all, string noun, string which, Func<Guid, LimitPlace> place)
    {
        var one = all + "/{metric}";
        api.MapGet(all, (ApiCall call, AddressedOrganization organization, ListCall list, LimitsService limits) => ListAsync(call, place(organization.Id), list, limits))
            .Named($"list{noun}s", Tag, $"List the limits {which}").Needs(Permissions.OrganizationLimitsView).Answers<Listed<LimitBody>>();
        api.MapPut(one, (ApiCall call, AddressedOrganization organization, Body<NewLimitBody> body, LimitsService limits) => SetAsync(call, place(organization.Id), body.Value, limits))
            .Named($"set{noun}", Tag, $"Set a limit {which}").Needs(Permissions.OrganizationLimitsManage).AnswersNothing();
        api.MapDelete(one, (ApiCall call, AddressedOrganization organization, LimitsService limits) => ClearAsync(call, place(organization.Id), limits))
            .Named($"clear{noun}", Tag, $"Clear a limit {which}").Needs(Permissions.OrganizationLimitsManage).AnswersNothing();
    }

    private static void MapInstallation(IEndpointRouteBuilder api, string all, string noun, string which, LimitPlace place)
    {
        var one = all + "/{metric}";
        api.MapGet(all, (ApiCall call, ListCall list, LimitsService limits) => ListAsync(call, place, list, limits))
            .Named($"list{noun}s", Tag, $"List the limits {which}").Needs(Permissions.InstallationManage).Answers<Listed<LimitBody>>();
        api.MapPut(one, (ApiCall call, Body<NewLimitBody> body, LimitsService limits) => SetAsync(call, place, body.Value, limits))
            .Named($"set{noun}", Tag, $"Set a limit {which}").Needs(Permissions.InstallationManage).AnswersNothing();
        api.MapDelete(one, (ApiCall call, LimitsService limits) => ClearAsync(call, place, limits))
            .Named($"clear{noun}", Tag, $"Clear a limit {which}").Needs(Permissions.InstallationManage).AnswersNothing();
    }

    private static Task<IResult> ListOwnAsync(ApiCall call, AddressedOrganization organization, ListCall list, LimitsService limits) =>
        ListAsync(call, LimitPlace.OfPersonalSpace(ResourceOwner.OfPersonalSpace(organization.Id, call.Actor.UserId)), list, limits);

    private static async Task<IResult> ListAsync(ApiCall call, LimitPlace place, ListCall list, LimitsService limits)
    {
        var found = await limits.ListAsync(call.Actor, place, call.Aborted);
        return list.AnswerAll(found.Map(all => all.Rows), LimitBody.Of);
    }

    private static Task<IResult> SetAsync(ApiCall call, LimitPlace place, NewLimitBody typed, LimitsService limits) => typed.Amount is { } amount
        ? WriteAsync(call, place, new LimitDraft(call.Route("metric"), amount, typed.Seen.Value, IsOver: !typed.Seen.IsSent), limits)
        : Task.FromResult(ApiCall.Refuse(new Invalid("amount", "Say an amount, or clear the limit.")));

    private static Task<IResult> ClearAsync(ApiCall call, LimitPlace place, LimitsService limits) =>
        WriteAsync(call, place, new LimitDraft(call.Route("metric"), null, null, IsOver: true), limits);

    // The address of a metric that does not exist is the address of nothing.
    private static async Task<IResult> WriteAsync(ApiCall call, LimitPlace place, LimitDraft draft, LimitsService limits) =>
        Metrics.Find(draft.Metric) is null ? ApiCall.Refuse(new NotFound()) : ApiCall.Done(await limits.SetAsync(call.Actor, place, draft, call.Aborted));
}

/// <summary>The limit of one metric.</summary>
/// <param name="Metric">Of what.</param>
/// <param name="Title">Of what, for people.</param>
/// <param name="Unit">Of amounts; empty where things are counted.</param>
/// <param name="Used">How much is used; null at a place that uses nothing itself.</param>
/// <param name="Amount">The limit in force; null for none.</param>
/// <param name="SetBy">Whose limit is in force.</param>
/// <param name="SetByName">Who set it, by address; null where nobody did.</param>
/// <param name="SetUtc">When.</param>
/// <param name="Own">What is set at this place itself; null for nothing.</param>
/// <param name="Most">The most that may be set at this place; null for any amount.</param>
/// <param name="MostBy">Whose limit the most is.</param>
public sealed record LimitBody(
    string Metric, string Title, string Unit, long? Used, long? Amount, LimitScope SetBy, string? SetByName, DateTime? SetUtc, long? Own, long? Most, LimitScope MostBy)
{
    internal static LimitBody Of(LimitRow row) =>
        new(row.Metric, row.Title, row.Unit, row.Used, row.Amount, row.SetBy, row.SetByName, row.SetUtc, row.Own, row.Most, row.MostBy);
}

/// <summary>A limit to set.</summary>
/// <param name="Amount">The most.</param>
/// <param name="Seen">What was set here when the caller read it, as own says; where another amount is set meanwhile, nothing is done.</param>
public sealed record NewLimitBody(long? Amount, Optional<long?> Seen);
