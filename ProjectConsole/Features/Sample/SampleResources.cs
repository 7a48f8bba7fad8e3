using Microsoft.AspNetCore.DataProtection;
using ProjectConsole.Data;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Data.Limits;
using ProjectConsole.Domain.Limits;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Resources;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Sample;

/// <summary>Makes what the sample projects and the organization's catalogue own, spread over the life of each.</summary>
internal sealed class SampleResources(ConsoleDbContext db, UsageLedger ledger, IDataProtectionProvider protection, IReadOnlyDictionary<string, User> people)
{
    private static readonly string[] Makers = [SamplePeople.Developer, SamplePeople.ProjectAdmin, SamplePeople.Contributor, SamplePeople.Manager];

    private readonly IDataProtector _secrets = protection.CreateProtector(ResourcesService.SecretPurpose);
    private readonly Dictionary<(string Kind, string Name), Resource> _catalogue = [];

    /// <summary>What a project owns, by its Project ID.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<SampleResource>> ByProject { get; } = new Dictionary<string, IReadOnlyList<SampleResource>>
    {
        ["default"] = SampleOthers.Default,
        ["vision"] = SampleVision.All,
        ["speech"] = SampleOthers.Speech,
        ["staging"] = SampleOthers.Staging,
    };

    /// <summary>Adds the offerings and templates of the organization.</summary>
    public void AddCatalogue(Guid organizationId, DateTime atUtc)
    {
        foreach (var sample in SampleOthers.Catalogue)
        {
            var resource = Make(ResourceOwner.CatalogueOf(organizationId), sample, (people[SamplePeople.OrganizationAdmin].Id, SamplePeople.OrganizationAdmin), atUtc);
            _catalogue[(sample.Kind, sample.Name)] = resource;
            Enter(resource, sample.State, atUtc);
        }
    }

    /// <summary>Adds the resources of a project with what they name, and counts what they use.</summary>
    public async Task AddAsync(Project project, DateTime untilUtc, CancellationToken ct)
    {
        var makers = Makers.Select(maker => (people[maker].Id, Name: maker)).ToList();
        await AddAsync(ResourceOwner.Of(new ProjectScope(project.OrganizationId, project.Id)), ByProject[project.Slug], makers, (project.CreatedUtc, untilUtc), ct);
    }

    /// <summary>Adds a personal space with what is in it; of somebody who left where it says when.</summary>
    public async Task AddSpaceAsync(Guid organizationId, (Guid Id, string Name) person, IReadOnlyList<SampleResource> all, DateTime untilUtc, DateTime? leftUtc, CancellationToken ct)
    {
        var space = new PersonalSpace(organizationId, person.Id, person.Name, untilUtc.AddDays(-30));
        db.Add(space);
        await AddAsync(ResourceOwner.Of(space), all, [person], (space.CreatedUtc, leftUtc ?? untilUtc), ct);
        if (leftUtc is { } left)
        {
            space.Leave(left);
        }
    }

    private async Task AddAsync(
        ResourceOwner owner, IReadOnlyList<SampleResource> all, List<(Guid Id, string Name)> makers, (DateTime FromUtc, DateTime UntilUtc) time, CancellationToken ct)
    {
        var (made, untilUtc) = (new Dictionary<(string Kind, string Name), Resource>(_catalogue), time.UntilUtc);
        var step = (untilUtc - time.FromUtc) / (all.Count + 1);
        var used = new Dictionary<Metric, long>();
        for (var index = 0; index < all.Count; index++)
        {
            var sample = all[index];
            var kind = ResourceKinds.Get(sample.Kind);
            var createdUtc = IsUnderWay(kind, sample.State) ? untilUtc.AddMinutes(-20 - index) : time.FromUtc + (step * (index + 1));
            var resource = Make(owner, sample, makers[index % makers.Count], createdUtc);
            made[(sample.Kind, sample.Name)] = resource;
            Enter(resource, sample.State, Later(createdUtc, untilUtc, index));
            foreach (var (metric, amount) in ResourceUse.Of(kind, resource.Spec, resource.State))
            {
                used[metric] = used.GetValueOrDefault(metric) + amount;
            }
        }

        Link(made, made.Values.Where(resource => resource.OwnerId == owner.Id));
        if (await ledger.AddAsync(db, owner, used, ct) is { } full)
        {
            throw new InvalidOperationException($"The sample does not fit into its limits. {full.Message}");
        }
    }

    // Work that has not ended began a while ago, not in the first days of its project.
    private static bool IsUnderWay(ResourceKind kind, string state) => kind.Life.Of(state).IsRunning && kind.Life.States.Any(other => other.IsEnded) && kind.Life.Initial.Tone == StateTone.Busy;

    private static DateTime Later(DateTime createdUtc, DateTime untilUtc, int index) => createdUtc + ((untilUtc - createdUtc) * ((index * 37 % 90) / 100.0));

    private Resource Make(ResourceOwner owner, SampleResource sample, (Guid Id, string Name) maker, DateTime createdUtc)
    {
        var kind = ResourceKinds.Get(sample.Kind);
        var spec = SpecRules.Check(kind.Fields, sample.Fields).Spec;
        var secrets = kind.Fields.Where(field => field.Type == FieldType.Secret && spec.Has(field.Name)).ToDictionary(field => field.Name, field => spec.Text(field.Name)!);
        spec = spec.Without(secrets.ContainsKey);
        var resource = new Resource(owner, kind, sample.Name, spec, maker.Id, maker.Name, createdUtc);
        resource.Change(sample.Description, sample.Labels.Split(' ', StringSplitOptions.RemoveEmptyEntries), spec, createdUtc);
        db.Add(resource);
        db.Add(new ResourceStateChange(resource, resource.CreatedByName));
        db.AddRange(secrets.Select(secret => new ResourceSecret(owner.OrganizationId, resource.Id, secret.Key, _secrets.Protect(secret.Value))));
        return resource;
    }

    private void Enter(Resource resource, string state, DateTime whenUtc)
    {
        if (resource.State == state)
        {
            return;
        }

        var action = ResourceKinds.Get(resource.Kind).Life.Actions.FirstOrDefault(action => action.To == state);
        resource.Enter(state, whenUtc);
        db.Add(new ResourceStateChange(resource, action is null ? "provisioner" : resource.CreatedByName, action?.Title ?? ""));
    }

    private void Link(Dictionary<(string Kind, string Name), Resource> made, IEnumerable<Resource> resources)
    {
        foreach (var resource in resources)
        {
            var references = SpecRules.References(ResourceKinds.Get(resource.Kind).Fields, resource.Spec)
                .Select(reference => (Parsed: ResourceReference.Parse(reference.Field, reference.Name)!.Value, reference.Field.Name));
            foreach (var (to, relation) in references.Select(reference => (made[(reference.Parsed.Kind, reference.Parsed.Name)], reference.Name)).Distinct())
            {
                db.Add(new ResourceLink(resource.OrganizationId, resource.Id, to.Id, relation));
                to.Touch(resource.StateUtc);
            }
        }
    }
}
