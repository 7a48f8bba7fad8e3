using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Projects;

namespace ProjectConsole.Features.Projects;

/// <summary>
/// The compiled queries behind a new project. Others wait for its organization while they run, and each one that EF Core has to
/// look up by its expression costs more than its rows. One instance per host, because a compiled query is bound to one provider's model.
/// </summary>
public sealed class ProjectCreationQueries
{
    private readonly Func<ConsoleDbContext, Guid, Guid, CancellationToken, Task<ProjectAllowance>> _allowance = EF.CompileAsyncQuery(
        (ConsoleDbContext db, Guid organizationId, Guid userId, CancellationToken ct) =>
            db.Organizations.Where(organization => organization.Id == organizationId).Select(organization => new ProjectAllowance(
                organization.ProjectAllowance == null
                    ? 0
                    : db.Projects.Count(project => project.OrganizationId == organizationId && project.State != ProjectState.Deleted),
                organization.ProjectAllowance,
                organization.ProjectsPerPerson == null
                    ? 0
                    : db.Projects.Count(project =>
                        project.OrganizationId == organizationId && project.State != ProjectState.Deleted && project.CreatedBy == userId && !project.IsDefault),
                organization.ProjectsPerPerson)).Single());

    private readonly Func<ConsoleDbContext, Guid, string, Guid?, string, CancellationToken, Task<NewProjectRules>> _rules = EF.CompileAsyncQuery(
        (ConsoleDbContext db, Guid organizationId, string foldedSlug, Guid? workspaceId, string workspaceSlug, CancellationToken ct) =>
            db.Organizations.Where(organization => organization.Id == organizationId).Select(organization => new NewProjectRules(
                organization.ProjectIdPattern,
                organization.ProjectIdHint,
                db.ProjectSlugs.Any(taken => taken.OrganizationId == organizationId && taken.Folded == foldedSlug),
                db.Workspaces
                    .Where(workspace => workspace.OrganizationId == organizationId && (workspaceId == null ? workspace.Slug == workspaceSlug : workspace.Id == workspaceId))
                    .Select(workspace => (Guid?)workspace.Id).FirstOrDefault())).Single());

    /// <summary>How many projects an organization and a person have, of how many, in one statement; numbers without a limit are not counted.</summary>
    internal Task<ProjectAllowance> AllowanceAsync(ConsoleDbContext db, Guid organizationId, Guid userId, CancellationToken ct) => _allowance(db, organizationId, userId, ct);

    /// <summary>What the draft of a project is checked against, in one statement.</summary>
    internal Task<NewProjectRules> RulesAsync(ConsoleDbContext db, Guid organizationId, ProjectDraft draft, CancellationToken ct) =>
        _rules(db, organizationId, Slug.Fold(Slug.Clean(draft.Slug)), draft.WorkspaceId, draft.WorkspaceSlug ?? Slug.Default, ct);
}

/// <summary>What the draft of a project is checked against.</summary>
/// <param name="Pattern">The expression that Project IDs match; empty for none.</param>
/// <param name="Hint">The organization's sentence about it.</param>
/// <param name="IsTaken">The Project ID was given before.</param>
/// <param name="WorkspaceId">The workspace that the draft names; null where it is none of the organization's.</param>
internal sealed record NewProjectRules(string Pattern, string Hint, bool IsTaken, Guid? WorkspaceId);
