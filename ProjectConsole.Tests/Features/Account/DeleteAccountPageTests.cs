using System.Net;
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
}
