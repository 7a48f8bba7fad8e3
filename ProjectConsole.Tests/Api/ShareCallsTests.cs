using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Features.Keys;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Api;

/// <summary>Shares and moves of resources through the API.</summary>
public sealed class ShareCallsTests(ConsoleServer server) : IClassFixture<ConsoleServer>
{
    [Fact]
    public async Task Share_OfferedAcceptedAndEnded_IsSeenOnBothSides()
    {
        var (world, owner, there) = await WorldAsync();
        var (one, offers) = ($"{world.Address}/models/base", $"{world.Address}/models/base/shares");

        Assert.Equal(200, (await world.SendAsync(owner, "POST", $"{offers}?dryRun=true", new { project = "speech", level = "use" })).Status);
        Assert.Empty((await world.SendAsync(owner, "GET", offers)).Items);
        var offered = await world.SendAsync(owner, "POST", offers, new { project = "speech", level = "use" });
        Assert.Equal((201, $"{offers}/{offered["id"]}"), (offered.Status, offered.Headers.Location?.OriginalString));
        Assert.Equal(("pending", "use", "given"), await StateAsync(world, owner, $"{offers}/{offered["id"]}"));
        Assert.Equal(409, (await world.SendAsync(owner, "POST", offers, new { project = "speech" })).Status);
        Assert.Equal(404, (await world.SendAsync(owner, "GET", $"{there}/models/vision:base")).Status);

        var pending = Assert.Single((await world.SendAsync(owner, "GET", $"{there}/shares?side=pending")).Items);
        Assert.Equal((offered["id"], "vision"), (pending.GetProperty("id").GetString(), pending.GetProperty("project").GetString()));
        Assert.Equal(204, (await world.SendAsync(owner, "POST", $"{there}/shares/{offered["id"]}/accept")).Status);
        Assert.Equal(409, (await world.SendAsync(owner, "POST", $"{there}/shares/{offered["id"]}/decline")).Status);
        Assert.Equal("vision:base", Assert.Single((await world.SendAsync(owner, "GET", $"{there}/models?shared=true")).Items).GetProperty("name").GetString());
        Assert.Equal((200, "vision"), ((await world.SendAsync(owner, "GET", $"{there}/models/vision:base")) is { } seen ? (seen.Status, seen["project"]) : default));
        // It is seen there, and nothing is done to it.
        Assert.Equal(404, (await world.SendAsync(owner, "PATCH", $"{there}/models/vision:base", new { description = "Ours" })).Status);
        Assert.Equal(404, (await world.SendAsync(owner, "DELETE", $"{there}/models/vision:base")).Status);

        Assert.Equal(204, (await world.SendAsync(owner, "DELETE", $"{there}/shares/{offered["id"]}")).Status);
        Assert.Equal(404, (await world.SendAsync(owner, "GET", $"{there}/models/vision:base")).Status);
        Assert.Equal(404, (await world.SendAsync(owner, "DELETE", $"{offers}/{offered["id"]}")).Status);
        var second = await world.SendAsync(owner, "POST", offers, new { project = "speech" });
        Assert.Equal(204, (await world.SendAsync(owner, "DELETE", $"{offers}/{second["id"]}")).Status);
        Assert.Equal(409, (await world.SendAsync(owner, "POST", $"{there}/shares/{second["id"]}/accept")).Status);

        Assert.Equal(204, (await world.SendAsync(owner, "PUT", $"{one}/organization-visibility")).Status);
        Assert.Equal("base", Assert.Single((await world.SendAsync(owner, "GET", $"{world.Address}/organization-visible")).Items).GetProperty("name").GetString());
        Assert.Equal(200, (await world.SendAsync(owner, "GET", $"{there}/models/vision:base")).Status);
        Assert.Equal(204, (await world.SendAsync(owner, "DELETE", $"{one}/organization-visibility")).Status);
        Assert.Equal(404, (await world.SendAsync(owner, "GET", $"{there}/models/vision:base")).Status);
    }

    [Theory]
    [InlineData("viewer", 403, 403)]
    [InlineData("developer", 403, 403)]
    [InlineData("manager", 400, 204)]
    [InlineData("stranger", 404, 404)]
    public async Task Shares_ByRole_AreWhatTheRoleMay(string who, int offer, int show)
    {
        var (world, owner, _) = await WorldAsync();
        var token = await world.TokenAsync(who, ApiWorld.Everything);

        // A manager of this project alone does not see the other one.
        Assert.Equal(offer, (await world.SendAsync(token, "POST", $"{world.Address}/models/base/shares", new { project = "speech" })).Status);
        Assert.Equal(show, (await world.SendAsync(token, "PUT", $"{world.Address}/models/base/organization-visibility")).Status);
        Assert.Empty((await world.SendAsync(owner, "GET", $"{world.Address}/models/base/shares")).Items);
        Assert.Equal(show == 204, (await world.SendAsync(owner, "GET", $"{world.Address}/organization-visible")).Items.Any());
    }

    [Fact]
    public async Task Share_OfSomebodyElse_IsNone()
    {
        var ((world, owner, there), (other, others, _)) = (await WorldAsync(), await WorldAsync());
        var share = (await world.SendAsync(owner, "POST", $"{world.Address}/models/base/shares", new { project = "speech" }))["id"];

        foreach (var act in new[] { "accept", "decline" })
        {
            Assert.Equal(404, (await other.SendAsync(others, "POST", $"{other.Address}/shares/{share}/{act}")).Status);
            Assert.Equal(404, (await world.SendAsync(owner, "POST", $"{world.Address}/shares/{share}/{act}")).Status);
            Assert.Equal(404, (await world.SendAsync(owner, "POST", $"{there}/shares/nothing/{act}")).Status);
        }

        Assert.Equal(404, (await other.SendAsync(others, "DELETE", $"{other.Address}/models/base/shares/{share}")).Status);
        Assert.Equal(404, (await other.SendAsync(others, "DELETE", $"{other.Address}/shares/{share}")).Status);
        Assert.Equal("pending", (await StateAsync(world, owner, $"{world.Address}/models/base/shares/{share}")).State);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"project":"speech","workspace":"default"}""")]
    [InlineData("""{"project":"speech","level":"own"}""")]
    [InlineData("""{"project":"speech","level":1}""")]
    [InlineData("""{"project":"nowhere"}""")]
    [InlineData("""{"project":"vision"}""")]
    [InlineData("""{"workspace":"nowhere"}""")]
    [InlineData("""{"project":"\u0000"}""")]
    [InlineData("""{"project":"speech","resource":"other"}""")]
    public async Task Offer_ThatMakesNoSense_IsRefused(string body)
    {
        var (world, owner, _) = await WorldAsync();

        Assert.Equal(400, (await world.SendAsync(owner, "POST", $"{world.Address}/models/base/shares", new StringContent(body, null, "application/json"))).Status);
        Assert.Empty((await world.SendAsync(owner, "GET", $"{world.Address}/shares")).Items);
    }

    [Fact]
    public async Task TemplateOfOnesOwn_OfferedToAProject_IsSeenThereAndTakenBack()
    {
        var (world, owner, _) = await WorldAsync();
        var own = $"{world.OrganizationAddress}/personal-space/templates";
        Assert.Equal(201, (await world.SendAsync(owner, "POST", own, new { name = "base", spec = new { of = "instance" } })).Status);
        Assert.Equal(400, (await world.SendAsync(owner, "POST", $"{own}/base/shares", new { project = "nowhere" })).Status);
        Assert.Equal(400, (await world.SendAsync(owner, "POST", $"{own}/base/shares", new { workspace = "default" })).Status);
        Assert.Equal(200, (await world.SendAsync(owner, "POST", $"{own}/base/shares?dryRun=true", new { project = "vision" })).Status);
        Assert.Empty((await world.SendAsync(owner, "GET", $"{own}/base/shares")).Items);

        var offered = await world.SendAsync(owner, "POST", $"{own}/base/shares", new { project = "vision", level = "use" });
        Assert.Equal((201, $"{own}/base/shares/{offered["id"]}"), (offered.Status, offered.Headers.Location?.OriginalString));
        Assert.Equal(204, (await world.SendAsync(owner, "POST", $"{world.Address}/shares/{offered["id"]}/accept")).Status);
        var name = Assert.Single((await world.SendAsync(owner, "GET", $"{world.Address}/templates?shared=true")).Items).GetProperty("name").GetString();
        Assert.Equal($"{world.User("owner").Email}:base", name);
        Assert.Equal(200, (await world.SendAsync(owner, "GET", $"{world.Address}/templates/{Uri.EscapeDataString(name!)}")).Status);
        Assert.Equal(("accepted", "use", "given"), await StateAsync(world, owner, $"{own}/base/shares/{offered["id"]}"));

        Assert.Equal(204, (await world.SendAsync(owner, "DELETE", $"{own}/base/shares/{offered["id"]}")).Status);
        Assert.Equal(404, (await world.SendAsync(owner, "GET", $"{own}/base/shares/{offered["id"]}")).Status);
        Assert.Empty((await world.SendAsync(owner, "GET", $"{world.Address}/templates?shared=true")).Items);
    }

    [Fact]
    public async Task VisibleToTheOrganization_ThroughAKeyThatSomebodyFromOutsideHad_IsNotThere()
    {
        var (world, owner, there) = await WorldAsync();
        Assert.Equal(201, (await world.SendAsync(owner, "POST", $"{there}/models", new { name = "corpus", spec = new { type = "base" } })).Status);
        Assert.Equal(204, (await world.SendAsync(owner, "PUT", $"{there}/models/corpus/organization-visibility")).Status);
        var list = $"{world.Address}/models?shared=true";
        await using (var db = server.OpenDatabase())
        {
            await db.Organizations.Where(row => row.Id == world.Scope.OrganizationId).ExecuteUpdateAsync(set => set.SetProperty(row => row.AllowsExternalCollaborators, true));
            db.Grants.Add(Grant.OnProject(
                world.Scope.OrganizationId, world.Scope.ProjectId, world.User("stranger").Id, ProjectRole.Admin, world.User("owner").Id, world.User("owner").Email!, server.Clock.UtcNow));
            await db.SaveChangesAsync();
        }

        var keys = world.Get<KeysService>();
        var draft = new KeyDraft("reader", ["project.view", "models.view"], null);
        Assert.Empty((await world.SendAsync(await world.TokenAsync("stranger", ApiWorld.Everything), "GET", list)).Items);

        var ofOutsider = (await keys.CreateAsync(world["stranger"], world.Scope, draft)).Value;
        Assert.Empty((await world.SendAsync(ofOutsider.Secret, "GET", list)).Items);
        Assert.Equal(404, (await world.SendAsync(ofOutsider.Secret, "GET", $"{world.Address}/models/speech:corpus")).Status);

        var ofMember = (await keys.CreateAsync(world["admin"], world.Scope, draft)).Value;
        Assert.Single((await world.SendAsync(ofMember.Secret, "GET", list)).Items);
        var rotated = (await keys.RotateAsync(world["stranger"], world.Scope, ofMember.Id, TimeSpan.Zero)).Value;
        Assert.Empty((await world.SendAsync(rotated.Secret, "GET", list)).Items);
    }

    [Fact]
    public async Task Move_ByWhoMayOnBothSides_GivesItAway()
    {
        var (world, owner, there) = await WorldAsync();
        var developer = await world.TokenAsync("developer", ApiWorld.Everything);

        Assert.Equal(403, (await world.SendAsync(developer, "POST", $"{world.Address}/models/base/move", new { project = "speech" })).Status);
        Assert.Equal(204, (await world.SendAsync(owner, "POST", $"{world.Address}/models/base/move?dryRun=true", new { project = "speech" })).Status);
        Assert.Equal(200, (await world.SendAsync(owner, "GET", $"{world.Address}/models/base")).Status);
        Assert.Equal(204, (await world.SendAsync(owner, "POST", $"{world.Address}/models/base/move", new { project = "speech" })).Status);
        Assert.Equal(404, (await world.SendAsync(owner, "GET", $"{world.Address}/models/base")).Status);
        Assert.Equal(200, (await world.SendAsync(owner, "GET", $"{there}/models/base")).Status);
    }

    private static async Task<(string? State, string? Level, string? Side)> StateAsync(ApiWorld world, string token, string address)
    {
        var share = await world.SendAsync(token, "GET", address);
        return (share["state"], share["level"], share["side"]);
    }

    private async Task<(ApiWorld World, string Owner, string There)> WorldAsync()
    {
        var world = await ApiWorld.CreateAsync(server);
        var owner = await world.TokenAsync("owner", ApiWorld.Everything);
        Assert.Equal(201, (await world.SendAsync(owner, "POST", $"{world.OrganizationAddress}/projects", new { id = "speech", name = "Speech" })).Status);
        Assert.Equal(201, (await world.SendAsync(owner, "POST", $"{world.Address}/models", new { name = "base", spec = new { type = "base" } })).Status);
        return (world, owner, $"{world.OrganizationAddress}/projects/speech");
    }
}
