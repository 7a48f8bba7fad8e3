using System.Text.Json;
using ProjectConsole.Data;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Features.Organizations;

namespace ProjectConsole.Features.Sample;

/// <summary>The audit entries of how the sample came to be, as the commands would have written them.</summary>
internal static class SampleHistory
{
    public const string Address = "192.0.2.17";
    public const string RequestId = "sample";

    /// <summary>Adds them, oldest first, and saves.</summary>
    public static async Task AddAsync(
        ConsoleDbContext db, CreatedOrganization acme, IReadOnlyDictionary<string, User> people,
        IReadOnlyDictionary<string, (Project Project, IReadOnlyList<(string Address, ProjectRole Role)> Collaborators)> projects,
        SampleTeams teams, DateTime foundedUtc, DateTime nowUtc, CancellationToken ct)
    {
        var vision = projects["vision"].Project;
        var entries = OfOrganization(acme, people, foundedUtc)
            .Concat(teams.History(vision, people, foundedUtc).Select(done => Entry(
                people[done.By], acme.Organization.Id, done.ProjectId, done.WhenUtc, done.Action, done.What, null, done.After)))
            .Concat(projects.Values.SelectMany(made => OfProject(made.Project, made.Collaborators, people)))
            .Concat(Recent(vision, people, nowUtc));
        foreach (var entry in entries.OrderBy(entry => entry.WhenUtc))
        {
            // The number of an entry is its place in time, so each is saved by itself.
            db.Add(entry);
            await db.SaveChangesAsync(ct);
        }
    }

    private static IEnumerable<AuditEntry> OfOrganization(CreatedOrganization acme, IReadOnlyDictionary<string, User> people, DateTime foundedUtc)
    {
        var organizationId = acme.Organization.Id;
        foreach (var (name, index) in SampleInstallation.FurtherWorkspaces.Select((name, index) => (name, index)))
        {
            yield return Entry(
                people[SamplePeople.Owner], organizationId, null, foundedUtc.AddHours(1).AddMinutes(index),
                AuditActions.WorkspaceCreated, new AuditObject("workspace", null, name), null, new { slug = name, name });
        }

        foreach (var ((address, role), index) in SamplePeople.Roles.Select((person, index) => (person, index)))
        {
            yield return Entry(
                people[SamplePeople.Owner], organizationId, null, foundedUtc.AddHours(2).AddMinutes(index),
                AuditActions.MemberAdded, new AuditObject("member", people[address].Id, address), null, new { role = role.Key });
        }
    }

    private static IEnumerable<AuditEntry> OfProject(
        Project project, IReadOnlyList<(string Address, ProjectRole Role)> collaborators, IReadOnlyDictionary<string, User> people)
    {
        var admin = people[SamplePeople.ProjectAdmin];
        yield return Entry(
            admin, project.OrganizationId, project.Id, project.CreatedUtc, AuditActions.ProjectCreated, ObjectOf(project),
            null, new { project.Slug, project.Name, project.Structure });
        foreach (var ((address, role), index) in collaborators.Skip(1).Select((collaborator, index) => (collaborator, index)))
        {
            yield return Entry(
                admin, project.OrganizationId, project.Id, project.CreatedUtc.AddHours(index + 1),
                AuditActions.CollaboratorAdded, new AuditObject("collaborator", people[address].Id, address),
                null, Granted(role) with { External = address == SamplePeople.External });
        }

        yield return Entry(
            admin, project.OrganizationId, project.Id, project.CreatedUtc.AddDays(2), AuditActions.ProjectDocumented, ObjectOf(project), null, null);
    }

    private static IEnumerable<AuditEntry> Recent(Project vision, IReadOnlyDictionary<string, User> people, DateTime nowUtc)
    {
        var (admin, manager) = (people[SamplePeople.ProjectAdmin], people[SamplePeople.Manager]);
        var (organizationId, member, contributor) = (vision.OrganizationId, people[SamplePeople.Member], people[SamplePeople.Contributor]);
        yield return Entry(
            admin, organizationId, vision.Id, nowUtc.AddDays(-9), AuditActions.ProjectChanged, ObjectOf(vision),
            new { Labels = vision.Labels.SkipLast(1) }, new { vision.Labels });
        yield return Entry(
            manager, organizationId, vision.Id, nowUtc.AddDays(-6), AuditActions.CollaboratorAdded,
            new AuditObject("collaborator", member.Id, SamplePeople.Member), null, Granted(ProjectRole.Viewer) with { External = false });
        yield return Entry(
            admin, organizationId, vision.Id, nowUtc.AddDays(-4), AuditActions.CollaboratorRoleChanged,
            new AuditObject("collaborator", contributor.Id, SamplePeople.Contributor), Granted(ProjectRole.Viewer), Granted(ProjectRole.Contributor));
        yield return Entry(
            manager, organizationId, vision.Id, nowUtc.AddDays(-1), AuditActions.CollaboratorRemoved,
            new AuditObject("collaborator", member.Id, SamplePeople.Member), Granted(ProjectRole.Viewer) with { External = false }, null);
        yield return new AuditEntry(Context(people[SamplePeople.Viewer], organizationId, vision.Id, nowUtc.AddHours(-3)), AuditActions.ProjectChanged, ObjectOf(vision), AuditResult.Denied)
            .Because("You may not do this: it needs \"Change the project\". Ask an Admin of the project.", 3);
    }

    private static GrantState Granted(ProjectRole role) => new(role.Key, null, null, IsTeam: false, IsUpgrade: false);

    private static AuditEntry Entry(
        User by, Guid organizationId, Guid? projectId, DateTime whenUtc, string action, AuditObject what, object? before, object? after) =>
        new AuditEntry(Context(by, organizationId, projectId, whenUtc), action, what, AuditResult.Done).With(Text(before), Text(after));

    private static AuditContext Context(User by, Guid organizationId, Guid? projectId, DateTime whenUtc) =>
        new(organizationId, projectId, whenUtc, AuditActorKind.Person, by.Id, by.Email!, Address, RequestId);

    private static AuditObject ObjectOf(Project project) => new("project", project.Id, project.Name);

    private static string? Text(object? state) => state is null ? null : JsonSerializer.Serialize(state, state.GetType(), JsonSerializerOptions.Web);
}
