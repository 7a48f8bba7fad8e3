using System.Text.Json;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Security;

namespace ProjectConsole.Features.Organizations;

/// <summary>What an organization starts with.</summary>
public sealed record CreatedOrganization(Organization Organization, Workspace Workspace, Project DefaultProject);

/// <summary>
/// The one place where organizations are made: with their <c>default</c> workspace, Default Project and Owner.
/// Adds to the context of an open transaction and saves nothing, so that setting up and creating commit it with what belongs to them.
/// </summary>
public static class OrganizationCreation
{
    /// <summary>Adds an organization and the audit entry of its creation.</summary>
    /// <param name="db">The context of the transaction.</param>
    /// <param name="actor">Who creates it.</param>
    /// <param name="ownerId">Its first Owner.</param>
    /// <param name="slug">A checked slug that no organization has.</param>
    /// <param name="name">A checked name.</param>
    /// <param name="projectAllowance">The most projects, the Default Project included; null for no allowance.</param>
    /// <param name="nowUtc">Now, UTC.</param>
    public static CreatedOrganization Add(
        ConsoleDbContext db, Actor actor, Guid ownerId, string slug, string name, int? projectAllowance, DateTime nowUtc)
    {
        var organization = new Organization(slug, name, projectAllowance, nowUtc);
        var workspace = new Workspace(organization.Id, Slug.Default, "Default", nowUtc);
        var project = new Project(organization.Id, workspace.Id, Slug.Default, ProjectDetails.Named("Default Project"), ownerId, nowUtc, isDefault: true);
        db.Add(organization);
        db.Add(workspace);
        db.Add(project);
        db.Add(new ProjectSlug(organization.Id, Slug.Default));
        db.Add(new Member(organization.Id, ownerId, OrganizationRole.Owner, nowUtc));
        var after = JsonSerializer.Serialize(new { slug, name, projectAllowance }, JsonSerializerOptions.Web);
        db.Add(new AuditEntry(
            actor.InAudit(organization.Id, null, nowUtc), AuditActions.OrganizationCreated,
            new AuditObject("organization", organization.Id, name), AuditResult.Done).With(null, after));
        return new CreatedOrganization(organization, workspace, project);
    }
}
