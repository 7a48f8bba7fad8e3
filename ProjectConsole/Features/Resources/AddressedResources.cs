using ProjectConsole.Api;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Resources;

/// <summary>The resources of one kind that the call's address names: a project's, the caller's own, or those of an organization's catalogue.</summary>
public sealed class AddressedResources : ICallPart
{
    /// <summary>Where an organization's catalogue begins.</summary>
    internal const string OfCatalogue = ApiPaths.OfOrganization + "/catalogue";

    /// <summary>Where the caller's own space begins.</summary>
    internal const string OfPersonalSpace = ApiPaths.OfOrganization + "/personal-space";

    private readonly ResourceOwner? _owner;

    private AddressedResources(ResourceKind kind, ResourceOwner? owner, string address) => (Kind, _owner, Address) = (kind, owner, $"{address}/{kind.Plural}");

    /// <summary>Their kind.</summary>
    public ResourceKind Kind { get; }

    /// <summary>Whose they are.</summary>
    public ResourceOwner Owner => _owner ?? throw new InvalidOperationException("The resources were not opened.");

    /// <summary>Their address below the API's root.</summary>
    public string Address { get; }

    Problem? ICallPart.Problem => _owner is null ? Problem.Of(new NotFound()) : null;

    /// <summary>Called by the framework for a handler's parameter.</summary>
    public static async ValueTask<AddressedResources?> BindAsync(HttpContext context)
    {
        var (call, access) = (ApiCall.Of(context), context.RequestServices.GetRequiredService<AccessControl>());
        var kind = ResourceKinds.FindByPlural(call.Route(KindAddress.Part)) ?? throw new InvalidOperationException("The address names no kind.");
        if (context.Request.RouteValues.ContainsKey("project"))
        {
            var project = await access.OpenProjectAsync(call.Actor, call.Route("organization"), call.Route("project"), call.Aborted);
            return new(kind, project is null ? null : ResourceOwner.Of(project.Scope), ApiPaths.Project(call.Route("organization"), call.Route("project")));
        }

        var organization = await access.OpenOrganizationAsync(call.Actor, call.Route("organization"), call.Aborted);
        var owner = organization is null ? (ResourceOwner?)null
            : kind.IsOfCatalogue ? ResourceOwner.CatalogueOf(organization.Id) : ResourceOwner.OfPersonalSpace(organization.Id, call.Actor.UserId);
        return new(kind, owner, $"{ApiPaths.Organization(call.Route("organization"))}/{(kind.IsOfCatalogue ? "catalogue" : "personal-space")}");
    }

    /// <summary>The name in the address.</summary>
    internal static string NameOf(ApiCall call) => TextRules.Clean(call.Route("name"));

    /// <summary>One of them by the name in the address, with its own id: what others share is shown, and nothing is done to it here.</summary>
    internal async Task<Result<ResourceDetail>> FindOwnAsync(ApiCall call, ResourceDetailService details)
    {
        var found = await details.GetAsync(call.Actor, Owner, Kind, NameOf(call), call.Aborted);
        return found.Succeeded && found.Value.Source is not null ? new NotFound() : found;
    }
}
