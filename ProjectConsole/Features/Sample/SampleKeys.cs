using ProjectConsole.Data;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Keys;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Sample;

/// <summary>Keys of the project vision. Nobody knows their secrets, the sample included.</summary>
internal static class SampleKeys
{
    /// <summary>Adds one that is used, one for a program at the doors of clusters, and one that was revoked.</summary>
    public static void AddTo(ConsoleDbContext db, Project vision, IReadOnlyDictionary<string, User> people, DateTime nowUtc)
    {
        var scope = new ProjectScope(vision.OrganizationId, vision.Id);
        var (admin, developer) = (people[SamplePeople.ProjectAdmin], people[SamplePeople.Developer]);
        var deploy = Key("deploy-former", developer, nowUtc.AddDays(-90), Set("project.view", "endpoints.view", "endpoints.update"), null);
        deploy.Revoke(admin.Email!, nowUtc.AddDays(-11));
        db.AddRange(
            Key("nightly-training", admin, nowUtc.AddDays(-12), Set("project.view", "pipelines.view", "runs.view", "runs.create", "clusters.view"), nowUtc.AddDays(18)),
            Key("cluster-doors", developer, nowUtc.AddDays(-40), Set("project.view", "clusters.view"), null),
            deploy,
            Issued(new PersonalToken(people[SamplePeople.Owner].Id, new KeyTerms("laptop", Set("project.view", "organization.view", "collaborators.view"), nowUtc.AddDays(9)), nowUtc.AddDays(-21)), nowUtc.AddDays(-21)));

        ProjectKey Key(string name, User by, DateTime madeUtc, PermissionSet may, DateTime? expiresUtc) =>
            Issued(new ProjectKey(scope, new KeyTerms(name, may, expiresUtc), by.Id, by.Email!, madeUtc), madeUtc);
    }

    private static PermissionSet Set(params string[] names) => PermissionSet.Of(names.Select(PermissionCatalogue.Get));

    private static T Issued<T>(T key, DateTime madeUtc)
        where T : StoredKey
    {
        key.Rotate(KeyText.Create(KeyPrefix.ProjectKey, key.Id).Hash(), TimeSpan.Zero, madeUtc);
        return key;
    }
}
