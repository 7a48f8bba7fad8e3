using System.Net;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Api;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Keys;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Features.Keys;
using ProjectConsole.Features.Projects;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Api;

/// <summary>Whom a proxy lets through.</summary>
public sealed class ForwardAuthTests(ConsoleServer server) : IClassFixture<ConsoleServer>
{
    [Theory]
    [InlineData("owner", 200)]
    [InlineData("admin", 200)]
    [InlineData("manager", 200)]
    [InlineData("developer", 200)]
    [InlineData("contributor", 403)]
    [InlineData("viewer", 403)]
    [InlineData("stranger", 403)]
    public async Task Pass_ByTokenOrSession_IsWhatTheRoleMay(string who, int status)
    {
        var world = await WorldAsync();
        var token = await world.TokenAsync(who, "clusters.operate", "project.view");
        using var browser = server.OpenBrowser();
        await browser.SignInAsync(world.User(who).Email!);

        foreach (var asked in new[] { "permission=clusters.operate", "resource=cluster/gpu-1&permission=clusters.operate" })
        {
            Assert.Equal(status, (await AskAsync(world, token, asked)).Status);
            Assert.Equal(status, await AskAsync(browser, world, asked));
        }
    }

    [Fact]
    public async Task Pass_LetThrough_SaysWhoItIs()
    {
        var world = await WorldAsync();
        var (token, key) = (await world.TokenAsync("viewer", "clusters.view"), await world.KeyAsync("clusters.view"));

        var person = await AskAsync(world, token, "resource=cluster/gpu-1", ("X-Auth-Request-User", "somebody else"));
        var program = await AskAsync(world, key.Secret, "permission=clusters.view", ("X-Auth-Request-Email", "somebody@else.test"));
        var refused = await AskAsync(world, token, "permission=project.delete");

        Assert.Equal(
            (200, world.User("viewer").Id.ToString(), world.User("viewer").Email, $"{world.Organization}/vision"),
            (person.Status, Header(person, "User"), Header(person, "Email"), Header(person, "Project")));
        Assert.Equal((200, key.Id.ToString(), null), (program.Status, Header(program, "User"), Header(program, "Email")));
        Assert.Equal((403, null, null), (refused.Status, Header(refused, "User"), Header(refused, "Project")));
        Assert.Equal("", person.Text);
        Assert.Equal(200, (await world.CallAsync(token, HttpMethod.Head, Address(world, "resource=cluster/gpu-1"))).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("permission=")]
    [InlineData("permission=no.such")]
    [InlineData("permission=members.view")]
    [InlineData("permission=installation.manage")]
    [InlineData("permission=project.view&permission=project.view")]
    [InlineData("permission=project.view&project=other/vision")]
    [InlineData("resource=")]
    [InlineData("resource=cluster")]
    [InlineData("resource=cluster/")]
    [InlineData("resource=cluster/none")]
    [InlineData("resource=cluster/gpu-1/more")]
    [InlineData("resource=clusters/gpu-1")]
    [InlineData("resource=volume/gpu-1")]
    [InlineData("resource=cluster/%00")]
    [InlineData("resource=cluster/gpu-1&permission=volumes.view")]
    [InlineData("resource=cluster/gpu-1&permission=no.such")]
    [InlineData("resource=service-offering/small")]
    [InlineData("permission=%FF%FE")]
    public async Task Pass_AskedWrongly_Is403ForTheOwnerToo(string asked)
    {
        var world = await WorldAsync();

        Assert.Equal(403, (await AskAsync(world, await world.TokenAsync("owner", "project.view", "clusters.view", "volumes.view"), asked)).Status);
    }

    [Theory]
    [InlineData("project=")]
    [InlineData("project=vision")]
    [InlineData("project=/")]
    [InlineData("project=none/none")]
    [InlineData("project=%00/vision")]
    [InlineData("other=1")]
    public async Task Pass_OfAProjectThatIsNone_Is403(string asked)
    {
        var world = await WorldAsync();
        var token = await world.TokenAsync("owner", "project.view");

        Assert.Equal(403, (await world.CallAsync(token, HttpMethod.Get, $"/api/v1/forward-auth?permission=project.view&{asked}")).Status);
    }

    [Fact]
    public async Task Pass_WithoutOrWithAWrongCredential_Is401AndNothingElse()
    {
        var world = await WorldAsync();
        var (key, revoked) = (await world.KeyAsync("clusters.view"), await world.KeyAsync("clusters.view"));
        Assert.True((await world.Get<KeysService>().RevokeAsync(world["admin"], world.Scope, revoked.Id)).Succeeded);
        var brief = (await world.Get<KeysService>().CreateAsync(
            world["admin"], world.Scope, new KeyDraft("brief", ["clusters.view"], server.Clock.UtcNow.AddHours(1)))).Value;
        Assert.Equal(200, (await AskAsync(world, brief.Secret, "permission=clusters.view")).Status);
        server.Clock.Advance(TimeSpan.FromHours(1));

        string?[] credentials = [null, "Basic YTpi", "Bearer", "Bearer ", "Bearer nonsense", $"Bearer {key.Secret}x", revoked.Secret, brief.Secret, KeyText.Create(KeyPrefix.ProjectKey, key.Id).ToString()];
        foreach (var credential in credentials)
        {
            var answer = await AskAsync(world, credential, "permission=clusters.view");
            Assert.Equal((401, "Bearer"), (answer.Status, answer.Headers.WwwAuthenticate.ToString()[..6]));
        }

        Assert.Equal(200, (await AskAsync(world, key.Secret, "permission=clusters.view")).Status);
        Assert.Equal(403, (await world.CallAsync(null, HttpMethod.Get, Address(world, $"permission=clusters.view&token={key.Secret}"))).Status);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task Pass_ByAnotherMethod_Is403(string method)
    {
        var world = await WorldAsync();

        Assert.Equal(403, (await world.CallAsync(await world.TokenAsync("owner", "project.view"), new HttpMethod(method), Address(world, "permission=project.view"))).Status);
    }

    [Fact]
    public async Task Pass_WithABrokenKeyBesideASession_IsNotTheSession()
    {
        var world = await WorldAsync();
        using var browser = server.OpenBrowser();
        await browser.SignInAsync(world.User("admin").Email!);
        Task<int> WithAsync(string header) => AskAsync(browser, world, "permission=clusters.view", header);

        Assert.Equal((401, 401, 200), (await WithAsync("Bearer nonsense"), await WithAsync("Bearer"), await WithAsync("Basic YTpi")));
    }

    [Fact]
    public async Task Pass_BeyondTheRateOrFromABarredAddress_Is403()
    {
        using var small = new ConsoleServer { Settings = { ["Api:CallsPerMinute"] = "1" } };
        var world = await ApiWorld.CreateAsync(small);
        var key = await world.KeyAsync("project.view");

        Assert.Equal(
            (200, 403),
            ((await AskAsync(world, key.Secret, "permission=project.view")).Status, (await AskAsync(world, key.Secret, "permission=project.view")).Status));
        for (var failure = 0; failure < FailedCredentials.Most; failure++)
        {
            Assert.Equal(401, (await AskAsync(world, KeyText.Create(KeyPrefix.ProjectKey, Guid.NewGuid()).ToString(), "permission=project.view")).Status);
        }

        Assert.Equal(403, (await AskAsync(world, (await world.KeyAsync("project.view")).Secret, "permission=project.view")).Status);
    }

    [Fact]
    public async Task Pass_AfterRemovalSuspensionDeletion_IsRefusedAtOnce()
    {
        var world = await WorldAsync();
        var (token, key, reader) = (await world.TokenAsync("developer", "clusters.operate"), await world.KeyAsync("clusters.operate"), await world.KeyAsync("clusters.view"));
        async Task<(int, int, int)> StatusesAsync() =>
        (
            (await AskAsync(world, token, "permission=clusters.operate")).Status, (await AskAsync(world, key.Secret, "permission=clusters.operate")).Status,
            (await AskAsync(world, reader.Secret, "resource=cluster/gpu-1")).Status);

        Assert.Equal((200, 200, 200), await StatusesAsync());
        Assert.True((await world.Get<CollaboratorsService>().RemoveAsync(world["admin"], world.Scope, new Removal(world.User("developer").Id))).Succeeded);
        Assert.Equal((403, 200, 200), await StatusesAsync());
        Assert.True((await world.Get<ProjectLifeService>().SuspendAsync(world["admin"], world.Scope)).Succeeded);
        Assert.Equal((403, 403, 200), await StatusesAsync());
        Assert.True((await world.Get<ProjectLifeService>().DeleteAsync(world["owner"], world.Scope, "vision")).Succeeded);
        Assert.Equal((403, 403, 403), await StatusesAsync());
    }

    [Fact]
    public async Task Pass_WithAKeyOfTheNeighbour_Is403AndInTheAuditLog()
    {
        var (world, other) = (await WorldAsync(), await WorldAsync());
        var (key, token) = (await other.KeyAsync("clusters.view"), await other.TokenAsync("owner", "clusters.view"));

        Assert.Equal(403, (await AskAsync(world, key.Secret, "permission=clusters.view")).Status);
        Assert.Equal(403, (await AskAsync(world, key.Secret, "permission=clusters.view")).Status);
        Assert.Equal(403, (await AskAsync(world, token, "permission=clusters.view")).Status);
        Assert.Equal(200, (await AskAsync(other, token, "permission=clusters.view")).Status);

        var denied = (await server.AuditAsync(AuditActions.ProjectGuardPassed)).Where(entry => entry.ProjectId == world.Scope.ProjectId).ToList();
        Assert.Equal(
            [(key.Id, 2, AuditResult.Denied), (other.User("owner").Id, 1, AuditResult.Denied)],
            denied.Select(entry => (entry.ActorId!.Value, entry.Count, entry.Result)));
        Assert.DoesNotContain(await server.AuditAsync(AuditActions.ProjectGuardPassed), entry => entry.ProjectId == other.Scope.ProjectId);
    }

    [Theory]
    [InlineData("locked")]
    [InlineData("unconfirmed")]
    [InlineData("stamp")]
    [InlineData("ended")]
    [InlineData("old")]
    public async Task Pass_WithACookieThatOpensNoPage_Is401(string how)
    {
        var world = await WorldAsync();
        using var browser = server.OpenBrowser();
        await browser.SignInAsync(world.User("developer").Email!);
        Assert.Equal(200, await AskAsync(browser, world, "permission=clusters.view"));
        var (id, now) = (world.User("developer").Id, server.Clock.UtcNow);
        await using (var db = server.OpenDatabase())
        {
            var (user, session) = (await db.Users.SingleAsync(row => row.Id == id), await db.UserSessions.SingleAsync(row => row.UserId == id));
            switch (how)
            {
                case "locked":
                    db.Entry(user).Property(row => row.LockedUtc).CurrentValue = now;
                    break;
                case "unconfirmed":
                    user.EmailConfirmed = false;
                    break;
                case "stamp":
                    user.SecurityStamp = "another";
                    break;
                case "ended":
                    session.End(now);
                    break;
                default:
                    server.Clock.Advance(TimeSpan.FromDays(14));
                    break;
            }

            await db.SaveChangesAsync();
        }

        Assert.Equal(401, await AskAsync(browser, world, "permission=clusters.view"));
    }

    [Fact]
    public async Task Pass_WithACookieThatNobodyGave_Is401()
    {
        var world = await WorldAsync();

        Assert.Equal(401, (await AskAsync(world, null, "permission=clusters.view", ("Cookie", "console-session=nonsense"))).Status);
    }

    [Theory]
    [InlineData("plain@acme.test", "plain@acme.test")]
    [InlineData("ö%@acme.test", "%C3%B6%25@acme.test")]
    [InlineData("a b\r\n\u0000", "a%20b%0D%0A%00")]
    public void HeaderText_OfAnything_IsVisibleAscii(string text, string written) => Assert.Equal(written, HeaderText.Of(text));

    private static string? Header(ApiAnswer answer, string name) => answer.Headers.TryGetValues($"X-Auth-Request-{name}", out var values) ? values.Single() : null;

    private static string Address(ApiWorld world, string asked) => $"/api/v1/forward-auth?project={world.Organization}/vision&{asked}";

    private static Task<ApiAnswer> AskAsync(ApiWorld world, string? credential, string asked, params (string, string)[] headers) =>
        world.CallAsync(credential, HttpMethod.Get, Address(world, asked), null, headers);

    private static async Task<int> AskAsync(FormBrowser browser, ApiWorld world, string asked, string? authorization = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Address(world, asked));
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        using var response = await browser.Client.SendAsync(request);
        Assert.Equal(response.StatusCode == HttpStatusCode.OK, response.Headers.Contains("X-Auth-Request-User"));
        return (int)response.StatusCode;
    }

    private async Task<ApiWorld> WorldAsync()
    {
        var world = await ApiWorld.CreateAsync(server);
        await using var db = server.OpenDatabase();
        var owner = world.User("owner");
        db.Add(new Resource(ResourceOwner.Of(world.Scope), ResourceKinds.Get("cluster"), "gpu-1", ResourceSpec.Empty, owner.Id, owner.Email!, server.Clock.UtcNow));
        await db.SaveChangesAsync();
        return world;
    }
}
