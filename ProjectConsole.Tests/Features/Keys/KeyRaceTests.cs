using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Features.Keys;
using ProjectConsole.Security;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Keys;

/// <summary>Keys and tokens are ended or given another secret while programs act through them: nothing is done through them afterwards.</summary>
public sealed class KeyRaceTests
{
    private const int Callers = 12;

    [DatabaseTheory]
    [InlineData("revoke the key")]
    [InlineData("rotate the key")]
    [InlineData("revoke the token")]
    [InlineData("rotate the token")]
    public async Task End_WhileManyActThroughIt_NothingIsDoneThroughItAfterwards(DatabaseKind kind, string how)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        await using var node = world.Database.OpenNode(services => services.AddKeysFeature().AddCollaboratorsFeature());
        var people = new List<User>();
        for (var caller = 0; caller < Callers; caller++)
        {
            var person = await world.Acme.MemberAsync($"caller{caller}");
            await world.Acme.GrantAsync(world.Project, person, ProjectRole.Viewer);
            people.Add(person);
        }

        string[] permissions = [.. ProjectRole.Viewer.Permissions.Select(permission => permission.Name), "collaborators.remove"];
        var issued = how.EndsWith("key", StringComparison.Ordinal) ? await world.KeyAsync("admin", permissions) : await world.TokenAsync("admin", permissions);
        var actor = (await world.OpenAsync(issued.Secret))!;
        var begun = new SemaphoreSlim(0);

        var acts = people.Select((person, number) => Task.Run(async () =>
        {
            var collaborators = (number % 2 == 0 ? world.Database : node).Get<CollaboratorsService>();
            begun.Release();
            return await collaborators.RemoveAsync(actor, world.Scope, new Removal(person.Id));
        })).ToList();
        await begun.WaitAsync();
        await begun.WaitAsync();
        Assert.Null(await (how switch
        {
            "revoke the key" => ErrorAsync(() => world.Keys.RevokeAsync(world["admin"], world.Scope, issued.Id)),
            "rotate the key" => IssueAsync(() => world.Keys.RotateAsync(world["admin"], world.Scope, issued.Id, TimeSpan.Zero)),
            "revoke the token" => ErrorAsync(() => world.Tokens.RevokeAsync(world["admin"], issued.Id)),
            _ => IssueAsync(() => world.Tokens.RotateAsync(world["admin"], issued.Id, TimeSpan.Zero)),
        }));
        var (done, opens) = (await DoneAsync(world), await world.OpenAsync(issued.Secret));
        var results = await Task.WhenAll(acts);

        Assert.Null(opens);
        Assert.Equal(done, await DoneAsync(world));
        Assert.Equal(done, results.Count(result => result.Succeeded));
        Assert.All(results.Where(result => !result.Succeeded), result => Assert.IsType<CredentialEnded>(result.Error));
        Assert.IsType<CredentialEnded>((await world.Database.Get<CollaboratorsService>().RemoveAsync(actor, world.Scope, new Removal(people[0].Id))).Error);
    }

    [DatabaseTheory]
    public async Task Rotate_ManyAtOnce_LeavesOneSecretThatOpensAndOneInGrace(DatabaseKind kind)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        var key = await world.KeyAsync("admin", "clusters.view");

        var rotated = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => world.Keys.RotateAsync(world["admin"], world.Scope, key.Id, TimeSpan.FromHours(1)))));

        var open = 0;
        foreach (var secret in rotated.Select(result => result.Value.Secret).Append(key.Secret))
        {
            open += await world.OpenAsync(secret) is null ? 0 : 1;
        }

        Assert.Equal(2, open);
    }

    private static async Task<ProjectConsole.Shared.Error?> ErrorAsync(Func<Task<ProjectConsole.Shared.Result>> act) => (await act()).Error;

    private static async Task<ProjectConsole.Shared.Error?> IssueAsync(Func<Task<ProjectConsole.Shared.Result<IssuedKey>>> act) => (await act()).Error;

    private static Task<int> DoneAsync(KeyWorld world) => world.Database.ReadAsync(db =>
        db.AuditEntries.CountAsync(entry => entry.Action == AuditActions.CollaboratorRemoved && entry.Result == AuditResult.Done));
}
