using ProjectConsole.Data;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Resources;

namespace ProjectConsole.Features.Sample;

/// <summary>The custom role, the organization role and the restriction of the sample.</summary>
internal static class SampleRoles
{
    /// <summary>Adds them; the restriction hangs on a grant of Developer in the project.</summary>
    public static async Task AddAsync(
        ConsoleDbContext db, Project project, IReadOnlyDictionary<string, User> people, DateTime nowUtc, CancellationToken ct)
    {
        var engineer = new CustomProjectRole(project.OrganizationId, null, ProjectRole.Developer.Key, nowUtc.AddDays(-45));
        engineer.Change("ML Engineer", "Trains and serves models; leaves networks and addresses to the platform team.", EngineersSet());
        var contractor = new CustomOrganizationRole(project.OrganizationId, nowUtc.AddDays(-45));
        contractor.Change(
            "Contractor", "Works where a project lets them, and never manages people or secrets.",
            OrganizationRole.Member.Rights, null, ProjectRole.Developer.Permissions - OfKind("secret"));
        var restriction = new Restriction(project.OrganizationId, project.Id, nowUtc.AddDays(-30));
        restriction.Change("no-cluster-deletes", "Training clusters are shared; only the Admin ends them.", RestrictionRules.Of(
            [new RestrictionRule(false, "clusters.delete"), new RestrictionRule(false, "clusters.delete-own")]));
        db.AddRange(engineer, contractor, restriction);
        await db.SaveChangesAsync(ct);
        var (admin, projectAdmin) = (people[SamplePeople.OrganizationAdmin], people[SamplePeople.ProjectAdmin]);
        // What this takes comes back through the organization role, which the console says.
        db.Add(Grant.OnProject(project.OrganizationId, project.Id, admin.Id, ProjectRole.Developer, projectAdmin.Id, projectAdmin.Email!, nowUtc.AddDays(-29))
            .With(null, restriction.Id));
    }

    private static PermissionSet EngineersSet()
    {
        var set = ProjectRole.Developer.Permissions - OfKind("network") - OfKind("ip-address");
        return PermissionChoice.Tick(PermissionChoice.Tick(set, Permissions.Of(ResourceKinds.Find("endpoint")!, "share")), Permissions.Of(ResourceKinds.Find("model")!, "share"));
    }

    // Beside looking at them.
    private static PermissionSet OfKind(string kind) => PermissionSet.Of(PermissionCatalogue.Project.Where(permission =>
        permission.Subject == ResourceKinds.Find(kind)!.Plural && !permission.IsView));
}
