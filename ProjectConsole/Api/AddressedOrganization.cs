using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Api;

/// <summary>The organization of the call's address as the caller may enter it.</summary>
public sealed class AddressedOrganization : ICallPart
{
    private readonly OrganizationAccess? _access;

    private AddressedOrganization(OrganizationAccess? access) => _access = access;

    /// <summary>What the caller may do in it.</summary>
    public OrganizationAccess Access => _access ?? throw new InvalidOperationException("The organization was not opened.");

    /// <summary>Its id.</summary>
    public Guid Id => Access.Id;

    /// <summary>Its address below the API's root.</summary>
    public string Address => ApiPaths.Organization(Access.Organization.Slug);

    Problem? ICallPart.Problem => _access is null ? Problem.Of(new NotFound()) : null;

    /// <summary>Called by the framework for a handler's parameter.</summary>
    public static async ValueTask<AddressedOrganization?> BindAsync(HttpContext context)
    {
        var call = ApiCall.Of(context);
        var access = context.RequestServices.GetRequiredService<AccessControl>();
        return new AddressedOrganization(await access.OpenOrganizationAsync(call.Actor, call.Route("organization"), call.Aborted));
    }
}
