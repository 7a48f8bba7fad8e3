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

    /// <summary>The slug of the organization.</summary>
    public required string Organization { get; init; }

    /// <summary>The kinds of which the person may see resources here.</summary>
    public IEnumerable<ResourceKind> Kinds => ResourceKinds.Of(Owner).Where(kind => May(kind, "view"));

    /// <summary>What the overview is headed with.</summary>
    public string Heading => Owner switch
    {
        { IsCatalogue: true } => "Catalogue",
        { IsPersonal: true } => "Personal space",
        _ => "Resources",
    };

    /// <summary>A project.</summary>
    public static ResourcePlace Of(ProjectAccess access)
    {
        var (organization, project) = (access.Organization.Slug, access.Project.Slug);
        var owner = ResourceOwner.Of(access.Scope);
        return new ResourcePlace(
            owner, access.Project.Name, ConsoleUrls.Resources(organization, project), access.Versions, new ResourceRights(owner, access.Access, access, IsOwnSpace: false))
        {
            Organization = organization,
            AuditHref = access.May(Permissions.AuditView) ? name => ConsoleUrls.ProjectAuditOf(organization, project, name) : null,
        };
    }

    /// <summary>The catalogue of an organization.</summary>
    public static ResourcePlace OfCatalogue(OrganizationAccess access)
    {
        var (organization, owner) = (access.Organization, ResourceOwner.CatalogueOf(access.Id));
        return new ResourcePlace(
            owner, organization.Name, ConsoleUrls.Catalogue(organization.Slug), access.Versions, new ResourceRights(owner, access.Access, null, IsOwnSpace: false))
        {
            Organization = organization.Slug,
            AuditHref = AuditOf(access),
        };
    }

    /// <summary>What the person has in an organization outside every project; null for somebody from outside.</summary>
    public static ResourcePlace? OfPersonalSpace(OrganizationAccess access)
    {
        var owner = ResourceOwner.OfPersonalSpace(access.Id, access.Access.Facts.Person.UserId);
        var organization = access.Organization.Slug;
        return access.IsExternal ? null : new ResourcePlace(
            owner, "your personal space", ConsoleUrls.PersonalSpace(organization), access.Versions, new ResourceRights(owner, access.Access, null, IsOwnSpace: true))
        {
            Organization = organization,
            AuditHref = AuditOf(access),
        };
    }

    // What belongs to no project stands in the organization's log.
    private static Func<string, string>? AuditOf(OrganizationAccess access) =>
        access.May(Permissions.OrganizationAuditView) ? name => ConsoleUrls.OrganizationAuditOf(access.Organization.Slug, name) : null;

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

    /// <summary>A resource beside one of these; null where the person has no page of it.</summary>
    public string? HrefOf(RelatedResource related)
    {
        if (related.Name is not { } name || ResourceKinds.Find(related.Kind) is not { } kind)
        {
            return null;
        }

        var list = (kind.IsOfCatalogue, related.Source) switch
        {
            (true, _) => Rights.IsMember ? ConsoleUrls.ResourcesOfKind(ConsoleUrls.Catalogue(Organization), kind.Plural) : null,
            // What uses the catalogue is named to those who see every project.
            (_, { } project) when Owner.IsCatalogue => ConsoleUrls.ResourcesOfKind(ConsoleUrls.Resources(Organization, project), kind.Plural),
            // What is shared has a page here; that it still is, only who read it knows.
            (_, not null) => related.OwnerId != Guid.Empty && May(kind, "view") ? ListHref(kind) : null,
            // Nobody's page but the owner's has what was moved away or is not shared any more.
            _ when related.OwnerId != Guid.Empty && related.OwnerId != Owner.Id => null,
            _ => Owner.IsCatalogue || !May(kind, "view") ? null : ListHref(kind),
        };
        return list is null ? null : ConsoleUrls.Resource(list, related.Source is { } source && !Owner.IsCatalogue ? $"{source}{ResourceReference.OfSource}{name}" : name);
    }
}
