using ProjectConsole.Domain.Access;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Collaborators;

/// <summary>What a preview says is what then happens: random acts on random collaborators, shown and then done.</summary>
public sealed class GrantPreviewTests
{
    private static readonly string[] Targets = ["developer", "contributor", "viewer", "manager", "second-admin", "external-admin", "raised-viewer", "core"];

    [DatabaseTheory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Preview_OfAnyAct_IsWhatThenHappens(DatabaseKind kind, int seed)
    {
        await using var world = await CollaboratorWorld.CreateAsync(kind);
        await world.AddMoreAsync();
        var random = new Random(seed);
        var done = 0;
        for (var step = 0; step < 60; step++)
        {
            var act = Act(world, random);
            var shown = await act(Actors.Previewing(world["owner"]));
            var before = await AllowedAsync(world);
            var result = await act(world.Actor("owner"));
            Assert.Equal(shown.Error?.Message, result.Error?.Message);
            var after = await AllowedAsync(world);
            var changes = shown.Succeeded ? shown.Value.People.ToDictionary(person => person.UserId, person => person.Projects.Single()) : [];
            foreach (var (person, set) in after)
            {
                var expected = changes.TryGetValue(person, out var change) ? (before[person] | change.Gains) - change.Loses : before[person];
                Assert.Equal(expected, set);
            }

            done += result.Succeeded ? 1 : 0;
        }

        Assert.InRange(done, 15, 60);
    }

    private static Func<Actor, Task<Result<AccessChange>>> Act(CollaboratorWorld world, Random random)
    {
        var name = Targets[random.Next(Targets.Length)];
        var id = name == "core" ? world.Core.Id : world[name].Id;
        var role = ProjectRole.All[random.Next(ProjectRole.All.Count)];
        var expires = world.Now.AddDays(random.Next(1, 9));
        var address = name == "core" ? "core" : world[name].Email!;
        Guid? restriction = random.Next(2) == 0 ? null : world.NoClusters.Id;
        return random.Next(7) switch
        {
            0 => actor => world.Service.ChangeRoleAsync(actor, world.Scope, new RoleChange(id, role)),
            1 => actor => world.Service.ChangeExpiryAsync(actor, world.Scope, new ExpiryChange(id, expires)),
            2 => actor => world.Service.RestrictAsync(actor, world.Scope, new RestrictionChange(id, restriction)),
            3 => actor => world.Service.RemoveAsync(actor, world.Scope, new Removal(id)),
            4 => actor => world.Upgrades.RaiseAsync(actor, world.Scope, new Upgrade(id, role.Key, expires, restriction)),
            5 => actor => world.Upgrades.EndAsync(actor, world.Scope, new UpgradeEnd(id)),
            _ => actor => world.Service.AddAsync(actor, world.Scope, new NewCollaborator(address, role.Key, name == "external-admin") { ExpiresUtc = expires, RestrictionId = restriction }),
        };
    }

    private static async Task<Dictionary<Guid, PermissionSet>> AllowedAsync(CollaboratorWorld world)
    {
        var allowed = new Dictionary<Guid, PermissionSet>();
        foreach (var person in Targets.Where(name => name != "core").Append("core-person").Append("project-admin"))
        {
            allowed[world[person].Id] = (await world.AccessAsync(person)).Allowed;
        }

        return allowed;
    }
}
