using System.Buffers.Text;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Keys;
using ProjectConsole.Features.Keys;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Keys;

/// <summary>A person confirms a command line, and the program that asked collects its token: that one, once, in time.</summary>
public sealed class LoginServiceTests
{
    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static readonly string[] Here = ["console.acme.test", "10.0.0.7:5080"];
    private static readonly string Challenge = Base64Url.EncodeToString(LoginChallenge.Of(Verifier, "console.acme.test"));

    private static LoginRequest Asked => LoginRequest.Read("build-box", Challenge, new string('s', 43), null)!;

    [DatabaseTheory]
    public async Task Collect_ByWhoAsked_GivesATokenOfThePersonOnce(DatabaseKind kind)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        var login = world.Database.Get<LoginService>();

        var code = (await login.ConfirmAsync(world["developer"], Asked, 30, Here)).Value;
        Assert.Equal(KeyState.WithoutSecret, Assert.Single((await world.Tokens.ListAsync(world["developer"])).Value.Rows).State);
        var waiting = await world.Database.ReadAsync(db => db.PersonalTokens.SingleAsync());
        Assert.Null(waiting.SecretHash);
        Assert.DoesNotContain(waiting.Id.ToString("N"), code, StringComparison.Ordinal);
        Assert.IsType<NotFound>((await world.Tokens.RotateAsync(world["developer"], waiting.Id, TimeSpan.Zero)).Error);
        var issued = (await login.CollectAsync(new Actor(Guid.Empty, "", "203.0.113.9", "request") { Kind = AuditActorKind.Anonymous }, code, Verifier)).Value;

        var actor = (await world.OpenAsync(issued.Secret))!;
        Assert.Equal(world.User("developer").Id, actor.UserId);
        var row = Assert.Single((await world.Tokens.ListAsync(world["developer"])).Value.Rows);
        Assert.Equal(("Command line on build-box", KeyState.Active, world.Now.AddDays(30)), (row.Name, row.State, row.ExpiresUtc));
        var entries = await world.Database.ReadAsync(db => db.AuditEntries.OrderBy(entry => entry.Id).ToListAsync());
        Assert.Equal([AuditActions.TokenCreated, AuditActions.TokenCollected], entries.Select(entry => entry.Action));
        Assert.All(entries, entry => Assert.Equal(world.User("developer").Id, entry.ActorId));
        Assert.Equal("203.0.113.9", entries[1].Address);
        Assert.All(entries, entry => Assert.DoesNotContain(issued.Secret[^40..], $"{entry.Before}{entry.After}", StringComparison.Ordinal));
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.IsType<LoginIsOver>((await login.CollectAsync(Actors.Anonymous, code, Verifier)).Error));
        Assert.NotNull(await world.OpenAsync(issued.Secret));
    }

    [DatabaseTheory]
    public async Task Collect_ByAnybodyElse_IsRefusedAndLeavesItToWhoAsked(DatabaseKind kind)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        var login = world.Database.Get<LoginService>();
        var code = (await login.ConfirmAsync(world["developer"], Asked, 30, Here)).Value;
        var others = (await login.ConfirmAsync(world["viewer"], Asked with { Challenge = new byte[32] }, 30, Here)).Value;
        (string? Code, string? Verifier)[] tries =
        [
            (code, new string('v', 43)), (code, ""), (code, null), (code, Challenge), (others, Verifier), (null, Verifier), ("", Verifier), (new string('a', 200), Verifier),
            (new string('a', 5000), Verifier), ("not base 64 +/=", Verifier), (code[..^8], Verifier), ((code[0] == 'A' ? "B" : "A") + code[1..], Verifier),
        ];

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            foreach (var (tried, verifier) in tries)
            {
                Assert.IsType<LoginIsOver>((await login.CollectAsync(Actors.Anonymous, tried, verifier)).Error);
            }
        });
        Assert.True((await login.CollectAsync(Actors.Anonymous, code, Verifier)).Succeeded);
    }

    [DatabaseTheory]
    public async Task Collect_AfterTenMinutes_IsRefused(DatabaseKind kind)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        var login = world.Database.Get<LoginService>();
        var early = (await login.ConfirmAsync(world["developer"], Asked, 30, Here)).Value;
        var late = (await login.ConfirmAsync(world["developer"], Asked, 30, Here)).Value;

        world.Database.Clock.Advance(TokensService.Collectable - TimeSpan.FromSeconds(1));
        Assert.True((await login.CollectAsync(Actors.Anonymous, early, Verifier)).Succeeded);
        world.Database.Clock.Advance(TimeSpan.FromSeconds(1));

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.IsType<LoginIsOver>((await login.CollectAsync(Actors.Anonymous, late, Verifier)).Error));
    }

    [DatabaseTheory]
    public async Task Collect_ManyAtOnce_OneGetsTheToken(DatabaseKind kind)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        var login = world.Database.Get<LoginService>();
        var code = (await login.ConfirmAsync(world["developer"], Asked, 30, Here)).Value;

        var collected = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => login.CollectAsync(Actors.Anonymous, code, Verifier))));

        var issued = Assert.Single(collected, result => result.Succeeded).Value;
        Assert.NotNull(await world.OpenAsync(issued.Secret));
        Assert.Equal(1, await world.Database.ReadAsync(db => db.AuditEntries.CountAsync(entry => entry.Action == AuditActions.TokenCollected)));
    }

    [DatabaseTheory]
    public async Task Confirm_NotByAPersonInABrowser_MakesNothing(DatabaseKind kind)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        var login = world.Database.Get<LoginService>();
        var token = (await world.OpenAsync((await world.TokenAsync("owner", [.. TokensService.Holdable.Select(permission => permission.Name)])).Secret))!;

        Assert.IsType<NotThroughCredential>((await login.ConfirmAsync(token, Asked, 30, Here)).Error);
        Assert.IsType<NotFound>((await login.ConfirmAsync(Actors.Anonymous, Asked, 30, Here)).Error);
        Assert.NotNull(Assert.IsType<Invalid>((await login.ConfirmAsync(world["owner"], Asked, 31, Here)).Error).For(LoginService.DaysField));
        Assert.Equal(1, await world.Database.ReadAsync(db => db.PersonalTokens.CountAsync()));
    }

    [DatabaseTheory]
    public async Task Confirm_ManyThatNobodyCollects_AreBoundedAndForgotten(DatabaseKind kind)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        var login = world.Database.Get<LoginService>();
        var terms = KeyTerms.Check("t", ["project.view"], TokensService.Holdable, null, null, world.Now).Value;
        await using (var db = world.Database.Open())
        {
            db.AddRange(Enumerable.Range(0, TokensService.Most).Select(_ => new PersonalToken(world.User("developer").Id, terms, world.Now)));
            db.Add(new PersonalToken(world.User("viewer").Id, terms, world.Now));
            await db.SaveChangesAsync();
        }

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.IsType<TooMany>((await login.ConfirmAsync(world["developer"], Asked, 30, Here)).Error));
        world.Database.Clock.Advance(TokensService.Collectable);

        Assert.True((await login.ConfirmAsync(world["developer"], Asked, 30, Here)).Succeeded);
        Assert.Equal(2, await world.Database.ReadAsync(db => db.PersonalTokens.CountAsync()));
    }

    // A console that sends the browser on to another one gets the code of that one, and what opens it where it opens it.
    [DatabaseTheory]
    public async Task Collect_WhereTheProgramAskedAnotherConsole_IsRefused(DatabaseKind kind)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        var login = world.Database.Get<LoginService>();
        var meantForAnother = Asked with { Challenge = LoginChallenge.Of(Verifier, "console.evil.test") };
        var code = (await login.ConfirmAsync(world["developer"], meantForAnother, 30, Here)).Value;

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.IsType<LoginIsOver>((await login.CollectAsync(Actors.Anonymous, code, Verifier)).Error));
        var aliased = Asked with { Challenge = LoginChallenge.Of(Verifier, "10.0.0.7:5080") };
        Assert.True((await login.CollectAsync(Actors.Anonymous, (await login.ConfirmAsync(world["developer"], aliased, 30, Here)).Value, Verifier)).Succeeded);
    }

    [DatabaseTheory]
    [InlineData("revoked")]
    [InlineData("locked")]
    public async Task Collect_AfterThePersonTookItBackOrIsLocked_IsRefused(DatabaseKind kind, string what)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        var login = world.Database.Get<LoginService>();
        var code = (await login.ConfirmAsync(world["developer"], Asked, 30, Here)).Value;
        var row = Assert.Single((await world.Tokens.ListAsync(world["developer"])).Value.Rows);
        await using (var db = world.Database.Open())
        {
            var user = await db.Users.SingleAsync(found => found.Id == world.User("developer").Id);
            user.LockedUtc = what == "locked" ? world.Now : null;
            await db.SaveChangesAsync();
        }

        Assert.True(what != "revoked" || (await world.Tokens.RevokeAsync(world["developer"], row.Id)).Succeeded);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.IsType<LoginIsOver>((await login.CollectAsync(Actors.Anonymous, code, Verifier)).Error));
    }

    [DatabaseTheory]
    [InlineData("host (somebody@corp.example)")]
    [InlineData("host (somebody\uFF20corp.example)")]
    public async Task Confirm_MachineNamedWithAnAt_MakesATokenThatNobodyTakesForAPerson(DatabaseKind kind, string machine)
    {
        await using var world = await KeyWorld.CreateAsync(kind);

        Assert.True((await world.Database.Get<LoginService>().ConfirmAsync(world["developer"], Asked with { Machine = machine }, 30, Here)).Succeeded);

        Assert.Equal("Command line on host (somebody-corp.example)", Assert.Single((await world.Tokens.ListAsync(world["developer"])).Value.Rows).Name);
    }
}
