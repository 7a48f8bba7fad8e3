using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Reviews;

namespace ProjectConsole.Features.Sample;

/// <summary>What watches over access in the sample: an assertion of the organization, and a running review of a project.</summary>
internal static class SampleWatch
{
    /// <summary>Adds both; the caller saves.</summary>
    public static async Task AddAsync(ConsoleDbContext db, Project project, User owner, User reviewer, DateTime nowUtc, CancellationToken ct)
    {
        db.Add(new Assertion(project.OrganizationId, null, AssertionForm.NotExternal, PermissionCatalogue.Get("secrets.delete"), owner.Email!, nowUtc.AddDays(-20))
            .Because("Secrets are rotated by our own people."));
        var review = new AccessReview(project.OrganizationId, project.Id, reviewer.Email!, nowUtc.Date.AddDays(11), UnansweredRows.Keep, nowUtc.AddDays(-3));
        db.Add(review);
        var collaborators = await (from grant in db.Grants.Where(grant => grant.ProjectId == project.Id && !grant.IsUpgrade)
                                   from user in db.Users.Where(user => user.Id == grant.PrincipalId).DefaultIfEmpty()
                                   from team in db.Teams.Where(team => team.Id == grant.PrincipalId).DefaultIfEmpty()
                                   from visit in db.ProjectVisits.Where(visit => visit.ProjectId == project.Id && visit.UserId == grant.PrincipalId).DefaultIfEmpty()
                                   from role in db.ProjectRoles.Where(role => role.Key == grant.RoleKey).DefaultIfEmpty()
                                   select new { grant.PrincipalId, grant.RoleKey, Email = (string?)user!.Email, Team = (string?)team!.Name, Role = (string?)role!.Name, Last = (DateTime?)visit!.LastUtc })
            .ToListAsync(ct);
        foreach (var one in collaborators)
        {
            var row = new AccessReviewRow(
                review, one.PrincipalId, one.Team is not null, one.Team ?? one.Email ?? "", one.RoleKey, ProjectRole.Find(one.RoleKey)?.Title ?? one.Role ?? "", one.Last);
            if (one.PrincipalId == reviewer.Id)
            {
                row.Decide(ReviewAnswer.Keep, null, reviewer.Email!, nowUtc.AddDays(-2));
            }

            db.Add(row);
        }
    }
}
