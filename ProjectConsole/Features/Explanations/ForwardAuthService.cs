using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Explanations;

/// <summary>
/// Tells a proxy whether to let somebody through to what it guards: the decision that pages and commands ask, at that moment. Who is
/// refused stands in the audit log, as who opens a page that is not theirs.
/// </summary>
public sealed class ForwardAuthService(
    IDbContextFactory<ConsoleDbContext> databases, AccessControl access, DeniedAttempts denied, TimeProvider clock)
{
    /// <summary>The project in which the actor may pass, or why not.</summary>
    /// <param name="actor">Who wants to pass.</param>
    /// <param name="guarded">What the proxy asks for.</param>
    /// <param name="ct">Ends the reading.</param>
    public async Task<Result<ProjectAccess>> PassAsync(Actor actor, Guarded guarded, CancellationToken ct = default)
    {
        if (Asked.Of(guarded) is not { } asked)
        {
            return new Invalid(
                "permission", "Ask with project=organization/project and permission=, or with resource=kind/name and, where it is not seeing it, a permission of that kind.");
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        var (scope, project) = await access.FindProjectAsync(db, actor, asked.Organization, asked.Project, ct);
        if (await RefusalAsync(db, asked, project, ct) is not { } refusal)
        {
            return project!;
        }

        if (scope != default)
        {
            denied.Report(actor, scope.OrganizationId, scope.ProjectId, AuditActions.ProjectGuardPassed, refusal, clock.GetUtcNow().UtcDateTime);
        }

        return refusal;
    }

    private static async Task<Error?> RefusalAsync(ConsoleDbContext db, Asked asked, ProjectAccess? project, CancellationToken ct)
    {
        if (asked is not { Kind: { } kind, Name: { } name })
        {
            return AccessRefusal.InProject(project, asked.Permission);
        }

        // Who may not see the kind does not learn what there is of it.
        if (AccessRefusal.InProject(project, Permissions.Of(kind, "view")) is { } blind)
        {
            return blind;
        }

        var (ownerId, kindName) = (project!.Project.Id, kind.Name);
        var found = await db.Resources.Where(row => row.OwnerId == ownerId && row.Kind == kindName && row.Name == name)
            .Select(row => new { row.CreatedBy }).FirstOrDefaultAsync(ct);
        return found is null ? new NotFound()
            : project.Access.May(kind, asked.Permission.Name[(kind.Plural.Length + 1)..], found.CreatedBy) ? null
            : AccessRefusal.InProject(project, asked.Permission);
    }

    // Read strictly: what a proxy asks is written once, by a person, and a guess would open a door that they meant to shut.
    private sealed record Asked(string Organization, string Project, Permission Permission, ResourceKind? Kind, string? Name)
    {
        public static Asked? Of(Guarded guarded)
        {
            if (guarded.Project?.Split('/') is not [var organization, var project])
            {
                return null;
            }

            var named = string.IsNullOrEmpty(guarded.Permission) ? null : PermissionCatalogue.Find(guarded.Permission);
            if (guarded.Resource is null)
            {
                return named is { Scope: PermissionScope.Project } ? new Asked(organization, project, named, null, null) : null;
            }

            return guarded.Resource.Split('/') is [var kindName, var name] && ResourceKinds.Find(kindName) is { IsOfCatalogue: false } kind && ResourceNames.Problem(name) is null
                && (string.IsNullOrEmpty(guarded.Permission) ? Permissions.Of(kind, "view") : named) is { } permission
                && permission.Name.StartsWith($"{kind.Plural}.", StringComparison.Ordinal)
                ? new Asked(organization, project, permission, kind, name)
                : null;
        }
    }
}

/// <summary>What a proxy guards, as its address says it.</summary>
/// <param name="Project">Organization and Project ID: <c>acme/vision</c>.</param>
/// <param name="Permission">The permission that is needed; beside a resource one of its kind, and without it to see it.</param>
/// <param name="Resource">Kind and name of a resource of the project, <c>cluster/gpu-1</c>, or null.</param>
public sealed record Guarded(string? Project, string? Permission, string? Resource);
