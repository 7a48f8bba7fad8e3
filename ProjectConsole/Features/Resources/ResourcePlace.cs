using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Resources;

/// <summary>Whose resources a page shows, where that page is, and what the person may do there.</summary>
/// <param name="Owner">Whose they are.</param>
/// <param name="Title">What the owner is called.</param>
/// <param name="Address">The address of the overview; every other address is under it.</param>
/// <param name="Versions">The access versions under which the page was opened.</param>
/// <param name="Rights">What the person may do there.</param>
public sealed record ResourcePlace(ResourceOwner Owner, string Title, string Address, AccessVersions Versions, ResourceRights Rights)
{
    /// <summary>The address of what happened to objects of a name; null for those who may not read it.</summary>
    public Func<string, string>? AuditHref { get; init; }

    /// <summary>The kinds of which the person may see resources here.</summary>
    public IEnumerable<ResourceKind> Kinds => ResourceKinds.All.Where(kind => May(kind, "view"));

    /// <summary>A project.</summary>
    public static ResourcePlace Of(ProjectAccess access)
    {
        var (organization, project) = (access.Organization.Slug, access.Project.Slug);
        var owner = ResourceOwner.Of(access.Scope);
        return new ResourcePlace(
            owner, access.Project.Name, ConsoleUrls.Resources(organization, project), access.Versions, new ResourceRights(owner, access.Access, access, IsOwnSpace: false))
        {
            AuditHref = access.May(Permissions.AuditView) ? name => ConsoleUrls.ProjectAuditOf(organization, project, name) : null,
        };
    }

    /// <summary>Whether the person may do this to a resource of the kind.</summary>
    public bool May(ResourceKind kind, string verb, Guid? createdBy = null) => Rights.May(kind, verb, createdBy);

    /// <summary>What nobody used for a while, and what failed.</summary>
    public string CleanUpHref => ConsoleUrls.CleanUp(Address);

    /// <summary>The list of a kind.</summary>
    public string ListHref(ResourceKind kind) => ConsoleUrls.ResourcesOfKind(Address, kind.Plural);

    /// <summary>The form that makes one of a kind.</summary>
    public string NewHref(ResourceKind kind) => ConsoleUrls.NewResource(ListHref(kind));

    /// <summary>One resource.</summary>
    public string Href(ResourceKind kind, string name) => ConsoleUrls.Resource(ListHref(kind), name);

    /// <summary>The form that changes a resource.</summary>
    public string EditHref(ResourceKind kind, string name) => ConsoleUrls.EditResource(ListHref(kind), name);
}
