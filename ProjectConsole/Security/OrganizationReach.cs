using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Projects;

namespace ProjectConsole.Security;

/// <summary>Says whom a change of membership or organization role reaches: where they hold something, and everywhere else.</summary>
internal static class OrganizationReach
{
    /// <summary>Notes it before the change.</summary>
    /// <param name="command">An open command in the organization.</param>
    /// <param name="userIds">The people.</param>
    /// <param name="isEverywhere">Whether a role counts in every project, before or afterwards.</param>
    /// <param name="ct">Ends the command.</param>
    public static async Task NoteAsync(Command command, IReadOnlyCollection<Guid> userIds, bool isEverywhere, CancellationToken ct)
    {
        await command.AffectsAsync(userIds, ct);
        var organizationId = command.Organization.Id;
        var projects = command.Db.Projects.Where(project => project.OrganizationId == organizationId && project.State != ProjectState.Deleted);
        if (isEverywhere)
        {
            // What it gives without a grant is the same everywhere: the first projects show it, and the rest are counted.
            var compared = projects.OrderBy(project => project.SearchText).Take(AccessPreview.MostProjects);
            await command.AffectsAsync(userIds, compared, ct);
            command.CountsEverywhere(await projects.CountAsync(ct));
        }
        else
        {
            // Every member has Developer in the Default Project.
            await command.AffectsAsync(userIds, projects.Where(project => project.IsDefault), ct);
        }
    }
}
