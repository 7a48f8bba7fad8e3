using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Api;

/// <summary>The project of the call's address as the caller may open it.</summary>
public sealed class AddressedProject : ICallPart
{
    private readonly ProjectAccess? _access;

    private AddressedProject(ProjectAccess? access) => _access = access;

    /// <summary>What the caller may do in it.</summary>
    public ProjectAccess Access => _access ?? throw new InvalidOperationException("The project was not opened.");

    /// <summary>Organization and project id.</summary>
    public ProjectScope Scope => Access.Scope;

    /// <summary>Its address below the API's root.</summary>
    public string Address => ApiPaths.Project(Access.Organization.Slug, Access.Project.Slug);

    Problem? ICallPart.Problem => _access is null ? Problem.Of(new NotFound()) : null;

    /// <summary>Called by the framework for a handler's parameter.</summary>
    public static async ValueTask<AddressedProject?> BindAsync(HttpContext context)
    {
        var call = ApiCall.Of(context);
        var access = context.RequestServices.GetRequiredService<AccessControl>();
        return new AddressedProject(await access.OpenProjectAsync(call.Actor, call.Route("organization"), call.Route("project"), call.Aborted));
    }
}
