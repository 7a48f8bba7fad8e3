using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Resources;

/// <summary>What one person may do with the resources of one owner, as the decision says it.</summary>
/// <param name="Owner">The owner.</param>
/// <param name="Access">The decision in the project, or in the organization for its catalogue and for a personal space.</param>
/// <param name="Project">The project, where it is one.</param>
/// <param name="IsOwnSpace">Whether it is the person's own space. What is in it is nobody else's, and needs no role.</param>
public sealed record ResourceRights(ResourceOwner Owner, EffectiveAccess Access, ProjectAccess? Project, bool IsOwnSpace)
{
    /// <summary>Whether it is the space of somebody who left, which an Admin of the organization looks through and empties into projects.</summary>
    public bool IsFormerSpace { get; init; }

    /// <summary>Whether the person is a member of the organization, and not somebody from outside.</summary>
    public bool IsMember => Access.Facts.Membership is not null;

    /// <summary>Whether the person may do this to a resource of the kind.</summary>
    public bool May(ResourceKind kind, string verb, Guid? createdBy = null) =>
        kind.IsOfCatalogue != Owner.IsCatalogue ? false
        : Owner.IsPersonal ? ((IsOwnSpace && IsMember && (verb != "share" || kind.IsGrantable)) || (IsFormerSpace && verb is "view" or "move")) && IsInToken(kind, verb)
        : Owner.IsCatalogue ? verb is not ("share" or "move") && Access.May(Permissions.Of(kind, verb))
        : Access.May(kind, PermissionFor(verb), createdBy);

    /// <summary>Whether the person sees the kind in every project. Asked of the catalogue, which all of them use.</summary>
    public bool SeesEverywhere(ResourceKind kind) =>
        Owner.IsCatalogue && Access.Everywhere.Contains(Permissions.Of(kind, "view"));

    /// <summary>The refusal, or null where the person may.</summary>
    public Error? Refusal(ResourceKind kind, string verb, Guid? createdBy = null)
    {
        if (May(kind, verb, createdBy))
        {
            return null;
        }

        if (kind.IsOfCatalogue && !Owner.IsCatalogue)
        {
            return new OnlyTheOrganization(kind);
        }

        // Whoever may not see a kind does not learn what there is of it.
        var permission = Permissions.Of(kind, PermissionFor(verb));
        return !May(kind, "view") ? new NotFound()
            : Project is not null ? AccessRefusal.InProject(Project, permission)
            : new Forbidden([permission.Title], "an Owner or Admin of the organization");
    }

    private bool IsInToken(ResourceKind kind, string verb) => Access.Facts.Token?.Contains(Permissions.Of(kind, PermissionFor(verb))) != false;

    // Whoever gives a resource away takes it from where it is.
    private static string PermissionFor(string verb) => verb == "move" ? "delete" : verb;
}

/// <summary>Opens an owner's resources for a person.</summary>
public sealed class ResourceDoor(AccessControl access)
{
    /// <summary>The rights of a person, or null where the person may not know the owner.</summary>
    public async Task<ResourceRights?> OpenAsync(Actor actor, ConsoleDbContext db, ResourceOwner owner, CancellationToken ct)
    {
        if (owner.ProjectId is { } projectId)
        {
            var project = await access.InProjectAsync(db, actor, new ProjectScope(owner.OrganizationId, projectId), ct);
            return project?.May(Permissions.ProjectView) == true ? new ResourceRights(owner, project.Access, project, false) : null;
        }

        var organization = await access.InOrganizationAsync(db, actor, owner.OrganizationId, ct);
        return organization?.May(Permissions.OrganizationView) == true ? await SpaceOrCatalogueAsync(db, actor, owner, organization.Access, ct) : null;
    }

    /// <summary>The rights with which a command started.</summary>
    internal static async Task<ResourceRights> OfAsync(Command command, ResourceOwner owner, CancellationToken ct) => owner.ProjectId is not null
        ? new ResourceRights(owner, command.Access, command.Project, false)
        : await SpaceOrCatalogueAsync(command.Db, command.Actor, owner, command.Access, ct)
            ?? new ResourceRights(owner, command.Access, null, false);

    // People from outside have no space: what they make belongs to the projects that they were let into.
    private static async Task<ResourceRights?> SpaceOrCatalogueAsync(
        ConsoleDbContext db, Actor actor, ResourceOwner owner, EffectiveAccess access, CancellationToken ct)
    {
        var rights = new ResourceRights(owner, access, null, owner == ResourceOwner.OfPersonalSpace(owner.OrganizationId, actor.UserId));
        if (owner.IsCatalogue || (rights.IsOwnSpace && rights.IsMember))
        {
            return rights;
        }

        var space = access.May(Permissions.MembersManage) ? await db.PersonalSpaces.FindAsync([owner.Id], ct) : null;
        return space is not null && space.OrganizationId == owner.OrganizationId && space.KeptUntilUtc > access.Facts.Now ? rights with { IsFormerSpace = true } : null;
    }
}
