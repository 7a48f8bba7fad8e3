using ProjectConsole.Data;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Features.Organizations;

namespace ProjectConsole.Features.Sample;

/// <summary>The projects of the sample with their collaborators, resources and visits.</summary>
internal sealed class SampleProjects(
    ConsoleDbContext db, CreatedOrganization acme, IReadOnlyDictionary<string, Workspace> workspaces,
    IReadOnlyDictionary<string, User> people, SampleResources resources, DateTime nowUtc)
{
    private readonly Dictionary<string, (Project Project, IReadOnlyList<(string Address, ProjectRole Role)> Collaborators)> _made = [];

    /// <summary>The projects that were made, with who was added to them, by Project ID.</summary>
    public IReadOnlyDictionary<string, (Project Project, IReadOnlyList<(string Address, ProjectRole Role)> Collaborators)> Made => _made;

    /// <summary>Adds them and saves.</summary>
    public async Task AddAsync(CancellationToken ct)
    {
        Describe(acme.DefaultProject, "Default Project", "Where everybody in acme may try things out.", null, [], [], SampleTexts.DefaultDocumentation);
        acme.DefaultProject.Touch(nowUtc.AddHours(-5));
        await AddVisionAsync(ct);
        await SampleRoles.AddAsync(db, _made["vision"].Project, people, nowUtc, ct);
        await AddSpeechAsync(ct);
        await AddStagingAsync(ct);
        resources.AddCatalogue(acme.Organization.Id, acme.DefaultProject.CreatedUtc);
        foreach (var project in _made.Values.Select(made => made.Project).Prepend(acme.DefaultProject))
        {
            await resources.AddAsync(project, nowUtc, ct);
        }

        new SampleShares(db, _made.ToDictionary(made => made.Key, made => made.Value.Project), people[SamplePeople.ProjectAdmin]).Add(nowUtc);
        var developer = (people[SamplePeople.Developer].Id, SamplePeople.Developer);
        await resources.AddSpaceAsync(acme.Organization.Id, developer, SampleOthers.OfDeveloper, nowUtc, leftUtc: null, ct);
        await resources.AddSpaceAsync(acme.Organization.Id, (Guid.CreateVersion7(), SamplePeople.Former), SampleOthers.OfFormerMember, nowUtc, nowUtc.AddDays(-6), ct);
        await resources.AddSpaceAsync(acme.Organization.Id, (Guid.CreateVersion7(), SamplePeople.FormerTrainee), SampleOthers.OfFormerTrainee, nowUtc, nowUtc.AddDays(-24), ct);

        await db.SaveChangesAsync(ct);
    }

    private async Task AddVisionAsync(CancellationToken ct)
    {
        var vision = Add("vision", "research", nowUtc.AddDays(-52), nowUtc.AddMinutes(-2));
        Describe(
            vision, "Vision", "Detection and classification models for road scenes, with the data and clusters that train them.", "use-case",
            ["computer-vision", "roads", "production"],
            [new("EXPERIMENT_TRACKER", "http://mlflow.acme.test"), new("DEFAULT_BATCH_SIZE", "32"), new("DATA_BUCKET", "street-scenes")],
            SampleTexts.VisionDocumentation);
        await GrantAsync(
            vision, nowUtc.AddDays(-50), ct,
            (SamplePeople.ProjectAdmin, ProjectRole.Admin), (SamplePeople.Manager, ProjectRole.Manager), (SamplePeople.Developer, ProjectRole.Developer),
            (SamplePeople.Contributor, ProjectRole.Contributor), (SamplePeople.Viewer, ProjectRole.Viewer));
        Visit(vision, (SamplePeople.ProjectAdmin, 2), (SamplePeople.Developer, 14), (SamplePeople.Manager, 180), (SamplePeople.Contributor, 2900), (SamplePeople.Viewer, 7400));
    }

    private async Task AddSpeechAsync(CancellationToken ct)
    {
        var speech = Add("speech", "research", nowUtc.AddDays(-41), nowUtc.AddMinutes(-18));
        Describe(
            speech, "Speech", "Recognition and synthesis for the call center, in six languages.", "product",
            ["speech", "call-center"], [new("SAMPLE_RATE", "16000"), new("LANGUAGES", "de,en,es,fr,it,pl")], SampleTexts.SpeechDocumentation);
        await GrantAsync(
            speech, nowUtc.AddDays(-40), ct,
            (SamplePeople.ProjectAdmin, ProjectRole.Admin), (SamplePeople.External, ProjectRole.Developer), (SamplePeople.Developer, ProjectRole.Contributor));
        Visit(speech, (SamplePeople.External, 18), (SamplePeople.ProjectAdmin, 1500));
    }

    private async Task AddStagingAsync(CancellationToken ct)
    {
        var staging = Add("staging", "platform", nowUtc.AddDays(-30), nowUtc.AddHours(-1));
        Describe(
            staging, "Staging", "Release candidates of every service, under the load of last week.", "environment",
            ["staging"], [new("LOG_LEVEL", "debug")], SampleTexts.StagingDocumentation);
        await GrantAsync(staging, nowUtc.AddDays(-29), ct, (SamplePeople.ProjectAdmin, ProjectRole.Admin), (SamplePeople.Developer, ProjectRole.Viewer));
        // One role that ends within a week.
        var developer = people[SamplePeople.Developer].Id;
        db.Grants.Local.Single(grant => grant.ProjectId == staging.Id && grant.PrincipalId == developer).With(nowUtc.AddDays(6));
        Visit(staging, (SamplePeople.ProjectAdmin, 60), (SamplePeople.Developer, 4300));
    }

    private Project Add(string slug, string workspace, DateTime createdUtc, DateTime lastActivityUtc)
    {
        var creator = people[SamplePeople.ProjectAdmin];
        var project = new Project(acme.Organization.Id, workspaces[workspace].Id, slug, ProjectDetails.Named(slug), creator.Id, createdUtc);
        project.Touch(lastActivityUtc);
        db.Add(project);
        db.Add(new ProjectSlug(acme.Organization.Id, slug));
        return project;
    }

    private static void Describe(
        Project project, string name, string description, string? structure, IReadOnlyList<string> labels,
        IReadOnlyList<ConfigurationValue> configuration, string documentation)
    {
        project.Change(ProjectDetails.Check(name, description, structure, labels, configuration).Value);
        project.Document(documentation);
    }

    private async Task GrantAsync(Project project, DateTime atUtc, CancellationToken ct, params (string Address, ProjectRole Role)[] collaborators)
    {
        await db.SaveChangesAsync(ct);
        var by = people[SamplePeople.ProjectAdmin];
        foreach (var ((address, role), index) in collaborators.Select((collaborator, index) => (collaborator, index)))
        {
            db.Add(Grant.OnProject(acme.Organization.Id, project.Id, people[address].Id, role, by.Id, by.Email!, atUtc.AddHours(index)));
        }

        _made[project.Slug] = (project, collaborators);
    }

    private void Visit(Project project, params (string Address, int MinutesAgo)[] visits)
    {
        foreach (var (address, minutes) in visits)
        {
            db.Add(new ProjectVisit(project.OrganizationId, project.Id, people[address].Id, nowUtc.AddMinutes(-minutes)));
        }
    }
}
