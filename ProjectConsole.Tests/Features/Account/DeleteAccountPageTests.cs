using System.Net;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Account;

public sealed class DeleteAccountPageTests(ConsoleServer server) : IClassFixture<ConsoleServer>
{
    [Fact]
    public async Task Delete_AddressTypedAndPasswordRight_EndsTheAccountAndEverySession()
    {
        var email = $"p{Guid.NewGuid():N}@acme.test";
        await server.AddAccountAsync(email);
        using var browser = server.OpenBrowser();
        await browser.SignInAsync(email);
        using var other = server.OpenBrowser();
        await other.SignInAsync(email);

        using var response = await browser.SubmitAsync("/account/delete", ("Input.Typed", email.ToUpperInvariant()), ("Input.Password", ConsoleServer.Password));

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Null(await server.FindAsync(email));
        using var after = await other.OpenAsync("/account/profile");
        Assert.NotEqual(HttpStatusCode.OK, after.StatusCode);
    }

    [Theory]
    [InlineData("somebody@else.test", ConsoleServer.Password, "Type your address as it stands above the field.")]
    [InlineData(null, "wrong password", "This is not your current password.")]
    public async Task Delete_AnythingWrong_IsRefusedBesideTheField(string? typed, string password, string sentence)
    {
        var email = $"p{Guid.NewGuid():N}@acme.test";
        await server.AddAccountAsync(email);
        using var browser = server.OpenBrowser();
        await browser.SignInAsync(email);

        using var response = await browser.SubmitAsync("/account/delete", ("Input.Typed", typed ?? email), ("Input.Password", password));

        Assert.Contains(sentence, await response.Content.ReadAsStringAsync());
        Assert.NotNull(await server.FindAsync(email));
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, "1 share of your personal space ends: its project can no longer use what it was given.")]
    [InlineData(2, "2 shares of your personal spaces end: their projects can no longer use what they were given.")]
    public async Task Page_SharesOfPersonalSpaces_AreCounted(int open, string? sentence)
    {
        var person = await server.AddAccountAsync($"p{Guid.NewGuid():N}@acme.test");
        var (organizationId, projectId) = await server.AddProjectAsync($"o{Guid.NewGuid():N}"[..20], "vision", person);
        var now = server.Clock.UtcNow;
        var template = new Resource(
            ResourceOwner.OfPersonalSpace(organizationId, person.Id), ResourceKinds.Get("template"), "base", ResourceSpec.Empty, person.Id, person.Email!, now);
        await using (var db = server.OpenDatabase())
        {
            db.AddRange(new PersonalSpace(organizationId, person.Id, person.Email!, now), template);
            await db.SaveChangesAsync();
            db.AddRange(Enumerable.Range(0, open).Select(_ => new ResourceShare(template, projectId, null, ShareLevel.Use, person.Id, person.Email!, now)));
            await db.SaveChangesAsync();
        }

        using var browser = server.OpenBrowser();
        await browser.SignInAsync(person.Email!);
        using var response = await browser.OpenAsync("/account/delete");
        var page = await response.Content.ReadAsStringAsync();

        Assert.Contains("What happens", page, StringComparison.Ordinal);
        Assert.Equal(sentence is not null, page.Contains(sentence ?? "of your personal space", StringComparison.Ordinal));
    }
}
