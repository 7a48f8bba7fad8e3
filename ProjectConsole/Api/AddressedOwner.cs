using ProjectConsole.Domain.Access;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Api;

/// <summary>The organization or project of the call's address, for what both keep alike: roles and restrictions.</summary>
public sealed class AddressedOwner : ICallPart
{
    private readonly RoleOwner? _owner;

    private AddressedOwner(RoleOwner? owner, string address) => (_owner, Address) = (owner, address);

    /// <summary>Who keeps them.</summary>
    public RoleOwner Value => _owner ?? throw new InvalidOperationException("The owner was not opened.");

    /// <summary>Its address below the API's root.</summary>
    public string Address { get; }

    Problem? ICallPart.Problem => _owner is null ? Problem.Of(new NotFound()) : null;

    /// <summary>Called by the framework for a handler's parameter.</summary>
    public static async ValueTask<AddressedOwner?> BindAsync(HttpContext context)
    {
        var (call, access) = (ApiCall.Of(context), context.RequestServices.GetRequiredService<AccessControl>());
        var (organization, project) = (call.Route("organization"), call.Route("project"));
        if (project == "")
        {
            var entered = await access.OpenOrganizationAsync(call.Actor, organization, call.Aborted);
            return new AddressedOwner(entered is null ? null : RoleOwner.Of(entered.Id), ApiPaths.Organization(organization));
        }

        var opened = await access.OpenProjectAsync(call.Actor, organization, project, call.Aborted);
        return new AddressedOwner(opened is null ? null : RoleOwner.Of(opened.Scope), ApiPaths.Project(organization, project));
    }
}
