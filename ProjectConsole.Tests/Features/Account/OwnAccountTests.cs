using System.Net;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Account;

public sealed class OwnAccountTests(ConsoleServer server) : IClassFixture<ConsoleServer>
{
    private const string NewPassword = "several plain words";

    [Fact]
    public async Task ChangePassword_RightCurrentOne_KeepsThisSessionAndEndsTheOthers()
    {
        var (browser, user) = await SignedInAsync();
        using var _ = browser;
        using var other = server.OpenBrowser();
        await other.SignInAsync(user.Email!);

        using var response = await ChangeAsync(browser, ConsoleServer.Password, NewPassword);

        Assert.Contains("Your password is changed", await response.Content.ReadAsStringAsync());
        Assert.True(await IsInAsync(browser));
        Assert.False(await IsInAsync(other));
        await other.SignInAsync(user.Email!, NewPassword);
        Assert.Single(await server.AuditAsync(AuditActions.AccountPasswordChanged), entry => entry.ActorId == user.Id);
    }

    [Theory]
    [InlineData("wrong password", NewPassword, "This is not your current password.")]
    [InlineData(ConsoleServer.Password, "short", "A password needs 12 characters or more")]
    public async Task ChangePassword_AnythingWrong_IsRefusedBesideTheFieldAndChangesNothing(string current, string password, string sentence)
    {
        var (browser, user) = await SignedInAsync();
        using var _ = browser;

        using var response = await ChangeAsync(browser, current, password);

        Assert.Contains(sentence, await response.Content.ReadAsStringAsync());
        Assert.Equal(user.PasswordHash, (await server.FindAsync(user.Email!))!.PasswordHash);
        Assert.DoesNotContain(await server.AuditAsync(AuditActions.AccountPasswordChanged), entry => entry.ActorId == user.Id);
    }

    [Fact]
    public async Task SignOutEverywhere_Posted_EndsEverySessionOfThePersonAndNobodyElses()
    {
        var (browser, user) = await SignedInAsync();
        using var _ = browser;
        using var other = server.OpenBrowser();
        await other.SignInAsync(user.Email!);
        var (neighbour, _) = await SignedInAsync();
        using var __ = neighbour;

        using var response = await browser.SubmitAsync("/account/security", ("_handler", "sign-out-everywhere"));

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.False(await IsInAsync(browser));
        Assert.False(await IsInAsync(other));
        Assert.True(await IsInAsync(neighbour));
        Assert.Single(await server.AuditAsync(AuditActions.AccountSignedOutEverywhere), entry => entry.ActorId == user.Id);
    }

    [Fact]
    public async Task Profile_NewName_IsSavedAndShownInert()
    {
        var (browser, user) = await SignedInAsync();
        using var _ = browser;

        using var response = await browser.SubmitAsync("/account/profile", ("Input.DisplayName", " <script>alert(1)</script> "));

        Assert.DoesNotContain("<script>alert", await response.Content.ReadAsStringAsync());
        Assert.Equal("<script>alert(1)</script>", (await server.FindAsync(user.Email!))!.DisplayName);
        Assert.Single(await server.AuditAsync(AuditActions.AccountProfileChanged), entry => entry.ActorId == user.Id);
    }

    [Fact]
    public async Task Profile_NameThatHidesSomething_IsRefusedAndKeepsWhatWasTyped()
    {
        var (browser, user) = await SignedInAsync();
        using var _ = browser;

        using var response = await browser.SubmitAsync("/account/profile", ("Input.DisplayName", "Pat\u202Etap"));

        var page = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
        Assert.Contains("invisible or direction-changing characters", page);
        Assert.Contains("Pat\u202Etap", page);
        Assert.Equal("", (await server.FindAsync(user.Email!))!.DisplayName);
    }

    private static Task<HttpResponseMessage> ChangeAsync(FormBrowser browser, string current, string password) => browser.SubmitAsync(
        "/account/security", ("_handler", "change-password"), ("Input.Current", current), ("Input.Password", password));

    private static async Task<bool> IsInAsync(FormBrowser browser)
    {
        using var response = await browser.OpenAsync("/account/profile");
        return response.StatusCode == HttpStatusCode.OK;
    }

    private async Task<(FormBrowser Browser, User User)> SignedInAsync()
    {
        var user = await server.AddAccountAsync($"p{Guid.NewGuid():N}@acme.test");
        var browser = server.OpenBrowser();
        await browser.SignInAsync(user.Email!);
        return (browser, user);
    }
}
