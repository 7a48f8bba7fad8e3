using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Features.Account;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Account;

public sealed partial class RegistrationTests(ConsoleServer server) : IClassFixture<ConsoleServer>
{
    private const string Password = "several plain words";

    private readonly string _email = $"p{Guid.NewGuid():N}@acme.test";

    [Fact]
    public async Task Register_Closed_OffersNoFormAndTakesNone()
    {
        await server.LetRegisterAsync(true);
        using var browser = server.OpenBrowser();
        var fields = await browser.HiddenFieldsAsync("/account/register");
        await server.LetRegisterAsync(false);

        using var posted = await browser.PostAsync("/account/register", [.. fields.DistinctBy(field => field.Name), ("Input.Email", _email)]);

        Assert.Contains("takes no registrations", await browser.ReadAsync("/account/register"));
        Assert.Null(await server.FindAsync(_email));
        Assert.Empty(await server.MailsToAsync(_email));
    }

    [Fact]
    public async Task Register_NewAddress_IsNoAccountUntilItIsConfirmedWithAPassword()
    {
        using var browser = await RegisterAsync();
        Assert.False((await server.FindAsync(_email))!.EmailConfirmed);
        var link = await LinkAsync();

        // Programs that look into mails open links.
        Assert.Contains(_email, await browser.ReadAsync(link));
        Assert.False((await server.FindAsync(_email))!.EmailConfirmed);
        using var confirmed = await browser.SubmitAsync(link, ("Input.DisplayName", "Pat"), ("Input.Password", Password));

        Assert.Equal(HttpStatusCode.Redirect, confirmed.StatusCode);
        var user = (await server.FindAsync(_email))!;
        Assert.True(user.EmailConfirmed);
        Assert.Equal("Pat", user.DisplayName);
        Assert.Contains(_email, await browser.ReadAsync("/account/profile"));
        await using var db = server.OpenDatabase();
        Assert.True(await db.Principals.AnyAsync(principal => principal.Id == user.Id && principal.UserId == user.Id));
        Assert.Single(await server.AuditAsync(AuditActions.AccountConfirmed), entry => entry.ActorId == user.Id);
    }

    [Fact]
    public async Task Confirm_LinkUsedBefore_IsRefused()
    {
        using var browser = await RegisterAsync();
        var link = await LinkAsync();
        using var first = await browser.SubmitAsync(link, ("Input.Password", Password));
        using var other = server.OpenBrowser();

        Assert.Contains("was used already", await other.ReadAsync(link));
    }

    [Theory]
    [InlineData("short", "A password needs 12 characters or more; this has 5.")]
    [InlineData("", "Password is required.")]
    [InlineData("aaaaaaaaaaaaaaaa", "easy to guess")]
    public async Task Confirm_BadPassword_IsRefusedBesideTheFieldAndConfirmsNothing(string password, string sentence)
    {
        using var browser = await RegisterAsync();

        using var response = await browser.SubmitAsync(await LinkAsync(), ("Input.Password", password));

        Assert.Contains(sentence, WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync()));
        Assert.False((await server.FindAsync(_email))!.EmailConfirmed);
    }

    [Fact]
    public async Task Confirm_LinkOfAnotherAccountOrCut_IsRefused()
    {
        using var browser = await RegisterAsync();
        var link = await LinkAsync();
        var stranger = await server.AddAccountAsync($"p{Guid.NewGuid():N}@acme.test", isConfirmed: false);
        var own = (await server.FindAsync(_email))!;

        Assert.Contains("was used already", await browser.ReadAsync(link.Replace(own.Id.ToString(), stranger.Id.ToString(), StringComparison.Ordinal)));
        Assert.Contains("was used already", await browser.ReadAsync(link[..^5]));
        Assert.Contains("was used already", await browser.ReadAsync($"/account/confirm-email?account={own.Id}"));
    }

    [Fact]
    public async Task Register_KnownAddress_GetsTheSameAnswerAndALinkToSignIn()
    {
        await server.AddAccountAsync(_email);
        var before = (await server.FindAsync(_email))!;
        using var known = await RegisterAsync();
        using var unknown = server.OpenBrowser();
        var other = $"p{Guid.NewGuid():N}@acme.test";
        using var unknownAnswer = await unknown.SubmitAsync("/account/register", ("Input.Email", other));
        using var knownAnswer = await known.SubmitAsync("/account/register", ("Input.Email", _email));

        Assert.Equal(await BodyAsync(unknownAnswer, other), await BodyAsync(knownAnswer, _email));
        Assert.All(await server.MailsToAsync(_email), mail => Assert.DoesNotContain("confirm-email", mail));
        var after = (await server.FindAsync(_email))!;
        Assert.Equal((before.PasswordHash, before.SecurityStamp), (after.PasswordHash, after.SecurityStamp));
    }

    [Fact]
    public async Task Register_TwiceAtOnce_MakesOneAccount()
    {
        await server.LetRegisterAsync(true);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            using var browser = server.OpenBrowser();
            using var response = await browser.SubmitAsync("/account/register", ("Input.Email", _email));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }));

        await using var db = server.OpenDatabase();
        Assert.Equal(1, await db.Users.CountAsync(user => user.Email == _email));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no address")]
    [InlineData("a@b\ncc: c@d.test")]
    public async Task Register_NoAddress_IsRefusedBesideTheField(string typed)
    {
        await server.LetRegisterAsync(true);
        using var browser = server.OpenBrowser();

        using var response = await browser.SubmitAsync("/account/register", ("Input.Email", typed));

        Assert.Contains("aria-invalid", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Forgot_KnownAddress_ResetsThePasswordOnceAndEndsEverySession()
    {
        await server.AddAccountAsync(_email);
        using var open = server.OpenBrowser();
        await open.SignInAsync(_email);
        using var browser = server.OpenBrowser();
        using var asked = await browser.SubmitAsync("/account/forgot-password", ("Input.Email", _email));
        var link = await LinkAsync();

        using var reset = await browser.SubmitAsync(link, ("Input.Password", Password));

        Assert.Contains("Your password is changed", await reset.Content.ReadAsStringAsync());
        using var ended = await open.OpenAsync("/account/profile");
        Assert.Equal(HttpStatusCode.Redirect, ended.StatusCode);
        await browser.SignInAsync(_email, Password);
        Assert.Contains("was used already", await browser.ReadAsync(link));
        using var old = await open.SubmitAsync("/account/sign-in", ("Input.Email", _email), ("Input.Password", ConsoleServer.Password));
        Assert.Equal(HttpStatusCode.OK, old.StatusCode);
        Assert.Single(await server.AuditAsync(AuditActions.AccountPasswordReset), entry => entry.ActorName == _email);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(false)]
    public async Task Forgot_UnknownOrUnconfirmed_GetsTheSameAnswerAndNoMail(bool? isConfirmed)
    {
        var known = await server.AddAccountAsync($"p{Guid.NewGuid():N}@acme.test");
        if (isConfirmed is not null)
        {
            await server.AddAccountAsync(_email, isConfirmed.Value);
        }

        using var browser = server.OpenBrowser();
        using var knownAnswer = await browser.SubmitAsync("/account/forgot-password", ("Input.Email", known.Email!));
        using var answer = await browser.SubmitAsync("/account/forgot-password", ("Input.Email", _email));

        Assert.Equal(await BodyAsync(knownAnswer, known.Email!), await BodyAsync(answer, _email));
        Assert.Single(await server.MailsToAsync(known.Email!));
        Assert.Empty(await server.MailsToAsync(_email));
    }

    [Fact]
    public async Task ConfirmLink_UsedToResetAPassword_IsRefused()
    {
        using var browser = await RegisterAsync();
        var link = await LinkAsync();

        Assert.Contains("was used already", await browser.ReadAsync(link.Replace("confirm-email", "reset-password", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("correct horse", "owner@acme.test", null)]
    [InlineData("owner@acme.test", "owner@acme.test", "The password must not be the e-mail address.")]
    [InlineData(null, "owner@acme.test", "Password is required.")]
    public void PasswordRules_Password_IsJudgedByLengthAboveAll(string? password, string email, string? sentence) =>
        Assert.Equal(sentence, PasswordRules.Error(password, email));

    [GeneratedRegex("<main.*</main>", RegexOptions.Singleline)]
    private static partial Regex MainPart();

    private static async Task<string> BodyAsync(HttpResponseMessage response, string email)
    {
        var body = MainPart().Match(await response.Content.ReadAsStringAsync()).Value;
        Assert.Contains(email, body);
        return body.Replace(email, "", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"http://localhost(?<path>/account/\S+code=\S+)")]
    private static partial Regex Link();

    private async Task<FormBrowser> RegisterAsync()
    {
        await server.LetRegisterAsync(true);
        var browser = server.OpenBrowser();
        using var response = await browser.SubmitAsync("/account/register", ("Input.Email", _email));
        Assert.Contains("Look into your mail", await response.Content.ReadAsStringAsync());
        return browser;
    }

    private async Task<string> LinkAsync() => Link().Match((await server.MailsToAsync(_email))[^1]).Groups["path"].Value;
}
