using ProjectConsole.Api;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Resources;

/// <summary>Resources of every kind through the API.</summary>
public static class ResourceEndpoints
{
    private const string Tag = "Resources";

    /// <summary>Maps the endpoints.</summary>
    public static void MapResourceEndpoints(this IEndpointRouteBuilder api)
    {
        MapPlace(api, ApiPaths.OfProject, Tag, "Resource", "of a project", ResourceKinds.All);
        MapPlace(api, AddressedResources.OfPersonalSpace, "Personal space", "PersonalResource", "of your personal space", ResourceKinds.All);
        MapPlace(api, AddressedResources.OfCatalogue, "Catalogue", "CatalogueResource", "of an organization's catalogue", ResourceKinds.Catalogue);
        api.MapGet(ApiPaths.OfProject + "/resources", CountAsync).Named("countResources", Tag, "Count a project's resources by kind and state").Needs(Permissions.ProjectView)
            .Answers<Listed<KindCountBody>>();
        api.MapGet(ApiPaths.OfOrganization + "/resources", ListAllAsync).Named("listAllResources", Tag, "List the resources of all projects in which you see their kind")
            .Answers<Listed<ProjectResourceBody>>();
    }

    private static void MapPlace(IEndpointRouteBuilder api, string place, string tag, string noun, string where, IReadOnlyList<ResourceKind> kinds)
    {
        string all = place + $"/{{{KindAddress.Part}}}", one = all + "/{name}";
        api.MapGet(all, ListAsync).Named($"list{noun}s", tag, $"List the resources of a kind {where}").OfKinds(kinds, "view").Answers<Listed<ResourceBody>>();
        api.MapPost(all, CreateAsync).Named($"create{noun}", tag, $"Create a resource {where}").OfKinds(kinds, "create").Answers<CreatedResourceBody>(201);
        api.MapGet(one, GetAsync).Named($"get{noun}", tag, $"Read a resource {where} with what it depends on and what uses it").OfKinds(kinds, "view").Answers<ResourceDetailBody>();
        api.MapPatch(one, ChangeAsync).Named($"change{noun}", tag, $"Change a resource {where}").OfKinds(kinds, "update").Answers<ResourceDetailBody>();
        api.MapDelete(one, DeleteAsync).Named($"delete{noun}", tag, $"Delete a resource {where}").OfKinds(kinds, "delete-own").AnswersNothing();
        api.MapPost(one + "/actions/{action}", ActAsync).Named($"operate{noun}", tag, $"Do one of the actions that a resource {where} has in its state").OfKinds(kinds, "operate")
            .Answers<ResourceDetailBody>();
    }

    private static async Task<IResult> ListAsync(
        ApiCall call, AddressedResources resources, ListCall list, string? search, string? state, string? label, Guid? createdBy, bool? shared, Choice<ResourceSort>? sort, bool? reversed,
        ResourceListService lists)
    {
        var states = resources.Kind.Life.States.Select(each => each.Name).ToList();
        if (state is not null && !states.Contains(state))
        {
            return ApiCall.Refuse(new Invalid("state", $"state is one of {string.Join(", ", states)}."));
        }

        var query = new ResourceQuery
        {
            Search = search ?? "",
            State = state,
            Label = label is null ? null : TextRules.Clean(label),
            CreatedBy = createdBy,
            Sort = sort?.Value ?? ResourceSort.Name,
            IsReversed = reversed ?? false,
        };
        // What others share is few, and listed by itself: it has no place in the order of what is one's own.
        if (shared is true)
        {
            return list.Answer(await lists.ListSharedAsync(call.Actor, resources.Owner, resources.Kind, query, list.Page, call.Aborted), ResourceBody.Of);
        }

        var found = await lists.ListAsync(call.Actor, resources.Owner, resources.Kind, query with { Page = list.Page }, call.Aborted);
        return list.Answer(found.Map(all => all.Page), ResourceBody.Of);
    }

    private static async Task<IResult> CreateAsync(ApiCall call, AddressedResources resources, Body<NewResourceBody> body, ResourcesService service)
    {
        var typed = body.Value;
        var draft = new ResourceDraft(typed.Name ?? "", typed.Description ?? "", [.. (typed.Labels ?? []).Select(label => label ?? "")], typed.Spec ?? []);
        var made = await service.CreateAsync(call.Actor, resources.Owner, resources.Kind, draft, call.Aborted);
        return call.Made(made, name => $"{resources.Address}/{name}", name => new CreatedResourceBody(resources.Kind.Name, name));
    }

    private static async Task<IResult> GetAsync(ApiCall call, AddressedResources resources, ResourceDetailService details) =>
        Show(call, await details.GetAsync(call.Actor, resources.Owner, resources.Kind, AddressedResources.NameOf(call), call.Aborted));

    private static async Task<IResult> ChangeAsync(
        ApiCall call, AddressedResources resources, IfMatch match, Body<ResourceChangeBody> body, ResourceDetailService details, ResourcesService service)
    {
        var found = await resources.FindOwnAsync(call, details);
        if (!found.Succeeded)
        {
            return ApiCall.Refuse(found.Error);
        }

        // What is not sent is what was just read, so nobody else may change it meanwhile.
        var (row, draft) = (found.Value.Row, body.Value.Over(found.Value));
        var saved = await service.ChangeAsync(call.Actor, resources.Owner, resources.Kind, row.Id, draft, match.Version ?? row.Version, call.Aborted);
        return !saved.Succeeded ? ApiCall.Refuse(saved.Error)
            : call.Actor.DryRun ? ApiCall.Answer<ResourceDetail>(ResourceChangeBody.Tried(resources.Kind, found.Value, draft), ResourceDetailBody.Of)
            : Show(call, await resources.FindOwnAsync(call, details));
    }

    private static async Task<IResult> ActAsync(ApiCall call, AddressedResources resources, IfMatch match, ResourceDetailService details, ResourcesService service)
    {
        var found = await resources.FindOwnAsync(call, details);
        if (!found.Succeeded)
        {
            return ApiCall.Refuse(found.Error);
        }

        var (row, action) = (found.Value.Row, call.Route("action"));
        var done = await service.ActAsync(call.Actor, resources.Owner, resources.Kind, row.Id, action, match.Version, call.Aborted);
        return !done.Succeeded ? ApiCall.Refuse(done.Error)
            : call.Actor.DryRun ? ApiCall.Answer<ResourceDetail>(found.Value with { Row = row with { State = resources.Kind.Life.Find(action)!.To } }, ResourceDetailBody.Of)
            : Show(call, await resources.FindOwnAsync(call, details));
    }

    private static async Task<IResult> DeleteAsync(ApiCall call, AddressedResources resources, IfMatch match, ResourceDetailService details, ResourcesService service)
    {
        var found = await resources.FindOwnAsync(call, details);
        return !found.Succeeded ? ApiCall.Refuse(found.Error)
            : ApiCall.Done(await service.DeleteAsync(call.Actor, resources.Owner, resources.Kind, found.Value.Row.Id, match.Version, call.Aborted));
    }

    private static IResult Show(ApiCall call, Result<ResourceDetail> found) => call.Answer(found, value => value.Row.Version, ResourceDetailBody.Of);

    private static async Task<IResult> CountAsync(ApiCall call, AddressedProject project, ListCall list, ResourceListService lists)
    {
        var counted = await lists.OverviewAsync(call.Actor, ResourceOwner.Of(project.Scope), call.Aborted);
        return list.AnswerAll(counted.Map(all => all.Kinds), KindCountBody.Of);
    }

    private static async Task<IResult> ListAllAsync(
        ApiCall call, AddressedOrganization organization, ListCall list, string? search, string? kind, string? state, string? project, string? label, Guid? createdBy,
        Choice<AllResourcesSort>? sort, bool? reversed, AllResourcesService resources)
    {
        var only = kind is null ? null : ResourceKinds.FindByPlural(kind);
        if (kind is not null && only is not { IsOfCatalogue: false })
        {
            return ApiCall.Refuse(new Invalid(KindAddress.Part, $"kind is one of {string.Join(", ", ResourceKinds.All.Select(each => each.Plural))}."));
        }

        var found = await resources.ListAsync(
            call.Actor, organization.Id,
            new AllResourcesQuery
            {
                Search = TextRules.Clean(search),
                Kind = only?.Name,
                State = state is null ? null : TextRules.Clean(state),
                Project = project is null ? null : TextRules.Clean(project),
                Label = label is null ? null : TextRules.Clean(label),
                CreatedBy = createdBy,
                Sort = sort?.Value ?? AllResourcesSort.Used,
                IsReversed = reversed ?? false,
                Page = list.Page,
            },
            call.Aborted);
        return list.Answer(found.Map(all => all.Page), ProjectResourceBody.Of);
    }
}
