using ProjectConsole.Data;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Teams;

namespace ProjectConsole.Features.Sample;

/// <summary>The teams of the sample: one that a project has taken in, and one with a role on a workspace.</summary>
internal sealed record SampleTeams(Team VisionCore, Team Annotators)
{
    private static readonly string[] OfVisionCore = [SamplePeople.Manager, SamplePeople.ProjectAdmin];

    private static readonly string[] OfAnnotators = [SamplePeople.Contributor, SamplePeople.Viewer];

    /// <summary>Adds them with their people and roles.</summary>
    public static SampleTeams Add(
        ConsoleDbContext db, Project vision, Workspace research, IReadOnlyDictionary<string, User> people, DateTime foundedUtc)
    {
        var (organizationId, owner, admin) = (vision.OrganizationId, people[SamplePeople.Owner], people[SamplePeople.ProjectAdmin]);
        var teams = new SampleTeams(
            new Team(organizationId, "vision-core", "vision-core", "Builds and runs the detection models.", foundedUtc.AddDays(13)),
            new Team(organizationId, "annotators", "annotators", "Labels pictures and recordings, and looks at what the models make of them.", foundedUtc.AddDays(20)));
        db.AddRange(teams.VisionCore, teams.Annotators);
        db.AddRange(OfVisionCore.Select(address => Principal.OfTeam(teams.VisionCore.Id, people[address].Id, foundedUtc.AddDays(14))));
        db.AddRange(OfAnnotators.Select(address => Principal.OfTeam(teams.Annotators.Id, people[address].Id, foundedUtc.AddDays(21))));
        db.Add(Grant.OnProject(organizationId, vision.Id, teams.VisionCore.Id, ProjectRole.Developer, admin.Id, admin.Email!, foundedUtc.AddDays(15)));
        db.Add(Grant.OnWorkspace(organizationId, research.Id, teams.Annotators.Id, ProjectRole.Viewer, owner.Id, owner.Email!, foundedUtc.AddDays(22)));
        return teams;
    }

    /// <summary>How they came to be: what was done, where, by whom, when.</summary>
    public IEnumerable<(string By, Guid? ProjectId, DateTime WhenUtc, string Action, AuditObject What, object After)> History(
        Project vision, IReadOnlyDictionary<string, User> people, DateTime foundedUtc)
    {
        foreach (var (team, addresses, day) in ((Team, string[], int)[])[(VisionCore, OfVisionCore, 13), (Annotators, OfAnnotators, 20)])
        {
            var what = new AuditObject("team", team.Id, team.Name);
            yield return (SamplePeople.Owner, null, foundedUtc.AddDays(day), AuditActions.TeamCreated, what, new { team.Slug, team.Name, team.Description });
            yield return (SamplePeople.Owner, null, foundedUtc.AddDays(day + 1), AuditActions.TeamMembersAdded, what, new TeamPeopleState(addresses, [.. addresses.Select(address => people[address].Id)]));
        }

        yield return (
            SamplePeople.ProjectAdmin, vision.Id, foundedUtc.AddDays(15), AuditActions.CollaboratorAdded,
            new AuditObject("collaborator", VisionCore.Id, VisionCore.Name), new GrantState(ProjectRole.Developer.Key, null, null, IsTeam: true, IsUpgrade: false));
        yield return (
            SamplePeople.Owner, null, foundedUtc.AddDays(22), AuditActions.WorkspaceGrantAdded,
            new AuditObject("team", Annotators.Id, Annotators.Name), new { Workspace = "research", Role = ProjectRole.Viewer.Key });
    }
}
