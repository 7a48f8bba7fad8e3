using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Shared;

namespace ProjectConsole.Security;

/// <summary>The decisions that a command starts with.</summary>
internal readonly record struct CommandAccess(ProjectAccess? Project, OrganizationAccess? Organization, EffectiveAccess Effective)
{
    /// <summary>Decides whether a command may run, within its transaction and under its locks.</summary>
    public static async Task<(CommandAccess Access, Error? Refusal)> DecideAsync(
        AccessControl access, ConsoleDbContext db, Actor actor, CommandTarget target, CancellationToken ct)
    {
        if (actor.Kind == AuditActorKind.Anonymous)
        {
            return (default, new NotFound());
        }

        if (actor.Credential is not null && !(target.IsOfOwnToken && actor.Credential is TokenCredential) && (target.IsInPerson || target.ByPermissionOf is not null || target is { OrganizationId: null, Needs: null }))
        {
            return (default, new NotThroughCredential());
        }

        var asked = target.ByPermissionOf is { } other ? new Actor(other, "", "", "") : actor;
        switch (target)
        {
            case { OrganizationId: { } organizationId, ProjectId: { } projectId }:
                var project = await access.InProjectAsync(db, asked, new ProjectScope(organizationId, projectId), ct);
                return (new CommandAccess(project, null, project?.Access!), AccessRefusal.InProject(project, target.Needs!));
            case { OrganizationId: { } organizationId }:
                var organization = await access.InOrganizationAsync(db, asked, organizationId, ct);
                return (new CommandAccess(null, organization, organization?.Access!), AccessRefusal.InOrganization(organization, target.Needs!));
            default:
                var installation = await access.InInstallationAsync(db, actor);
                var refusal = target.Needs is { } needs ? AccessRefusal.InInstallation(installation, needs)
                    : installation.Block == AccessBlock.None ? null : new NotFound();
                return (new CommandAccess(null, null, installation), refusal);
        }
    }
}
