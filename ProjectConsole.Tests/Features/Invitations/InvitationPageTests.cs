using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Invitations;
using ProjectConsole.Features.Account;
using ProjectConsole.Features.Account.Mail;
using ProjectConsole.Features.Invitations;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Invitations;

/// <summary>The link as people use it: mailed by a real conversation, opened in a browser without scripts.</summary>
public sealed partial class InvitationPageTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly SmtpSink _sink = new();
    private readonly ConsoleServer _server = new();
    private User _owner = null!;
    private InvitationPlace _vision = null!;

    public async Task InitializeAsync()
    {
        _server.Settings["Email:Host"] = "127.0.0.1";
        _server.Settings["Email:Port"] = $"{_sink.Port}";
        _server.Settings["Email:UseTls"] = "false";
        _owner = await _server.AddAccountAsync("owner@acme.test");
        await _server.LetRegisterAsync(false);
        var (organizationId, projectId) = await _server.AddProjectAsync("acme", "vision", _owner);
        _vision = new InvitationPlace(organizationId, projectId);
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _sink.DisposeAsync();
    }

    [Fact]
    public async Task Link_WithoutAnAccountWhileRegistrationIsClosed_RegistersAndJoins()
    {
        var link = await InviteAsync("new@else.test");
        using var browser = _server.OpenBrowser();

        using var opened = await browser.OpenAsync(link);
        Assert.Equal("no-referrer", opened.Headers.GetValues("Referrer-Policy").Single());
        var page = await browser.ReadAsync(link);
        Assert.Contains("owner@acme.test", page);
        Assert.Contains("vision, as Developer", page);
        await AssertStateAsync(InvitationState.Pending);

        using var weak = await browser.SubmitAsync(link, ("Input.Password", "short"));
        Assert.Equal(HttpStatusCode.OK, weak.StatusCode);
        Assert.Null(await _server.FindAsync("new@else.test"));
        using var joined = await browser.SubmitAsync(link, ("Input.DisplayName", "New"), ("Input.Password", "several plain words"));

        Assert.Equal(HttpStatusCode.Redirect, joined.StatusCode);
        Assert.EndsWith("/organizations/acme/projects/vision", joined.Headers.Location!.ToString());
        using var project = await browser.OpenAsync("/organizations/acme/projects/vision");
        Assert.Equal(HttpStatusCode.OK, project.StatusCode);
        Assert.True((await _server.FindAsync("new@else.test"))!.EmailConfirmed);
        await AssertStateAsync(InvitationState.Accepted);
        Assert.Contains("accepted already", await _server.OpenBrowser().ReadAsync(link));
        Assert.Empty(await BodiesAsync());
    }

    [Fact]
    public async Task Link_AddressThatSomebodyRegisteredAndNeverConfirmed_BelongsToTheInvited()
    {
        var squatter = await _server.AddAccountAsync("new@else.test", isConfirmed: false);
        var link = await InviteAsync("new@else.test");
        using var browser = _server.OpenBrowser();

        using var joined = await browser.SubmitAsync(link, ("Input.Password", "several plain words"));

        Assert.Equal(HttpStatusCode.Redirect, joined.StatusCode);
        var user = (await _server.FindAsync("new@else.test"))!;
        Assert.Equal((squatter.Id, true), (user.Id, user.EmailConfirmed));
        Assert.NotEqual(squatter.SecurityStamp, user.SecurityStamp);
        Assert.NotEqual(squatter.PasswordHash, user.PasswordHash);
    }

    [Fact]
    public async Task CopiedLink_WithoutAnAccount_ConfirmsNothingAndSendsTheMailThatDoes()
    {
        var squatter = await _server.AddAccountAsync("new@else.test", isConfirmed: false);
        await InviteAsync("new@else.test");
        var token = await CopyAsync();
        using var inviter = _server.OpenBrowser();

        var page = await inviter.ReadAsync($"/invitations/{token}");
        Assert.Contains("Send the mail", page);
        Assert.DoesNotContain("Input.Password", page);
        await Unchanged.AssertNothingWrittenAsync(_server, async () =>
        {
            Assert.IsType<LinkProvesNothing>((await RegisterAsync(token)).Error);
            Assert.IsType<InvitationUnknown>((await RegisterAsync("copied:" + token)).Error);
            var stored = await StoredAsync();
            Assert.Equal(64, stored.TokenHash.Length);
            Assert.IsType<InvitationUnknown>((await RegisterAsync(stored.TokenHash)).Error);
        });
        using var asked = await inviter.SubmitAsync($"/invitations/{token}", ("_handler", "confirm"));
        Assert.Contains("Look into your mail", await asked.Content.ReadAsStringAsync());

        var user = (await _server.FindAsync("new@else.test"))!;
        Assert.Equal((squatter.Id, false, squatter.PasswordHash), (user.Id, user.EmailConfirmed, user.PasswordHash));
        await AssertStateAsync(InvitationState.Pending);
        await _server.Services.GetRequiredService<MailOutbox>().FlushAsync();
        var mail = Assert.Single(_sink.Mails, mail => mail.Text.Contains("/account/confirm", StringComparison.Ordinal));
        Assert.Equal(["new@else.test"], mail.Recipients);
    }

    [Fact]
    public async Task CopiedLink_AddressThatNobodyRegistered_MakesAnAccountThatIsNotConfirmed()
    {
        await InviteAsync("new@else.test");
        var token = await CopyAsync();
        using var browser = _server.OpenBrowser();

        using var asked = await browser.SubmitAsync($"/invitations/{token}", ("_handler", "confirm"));

        var user = (await _server.FindAsync("new@else.test"))!;
        Assert.Equal((false, null), (user.EmailConfirmed, user.PasswordHash));
    }

    [Fact]
    public async Task CopiedLink_SentAgainByMail_ProvesTheAddressAgain()
    {
        await InviteAsync("new@else.test");
        var copied = await CopyAsync();
        // The pace between two links is no matter here.
        await using (var db = _server.OpenDatabase())
        {
            await db.Invitations.ExecuteUpdateAsync(set => set.SetProperty(row => row.SentUtc, row => row.SentUtc.AddMinutes(-5)));
        }

        Assert.True((await _server.Services.GetRequiredService<InvitationsService>().ResendAsync(
            Actors.Of(_owner), _vision, (await StoredAsync()).Id, new PublicAddress(new Uri("http://localhost")))).Succeeded);
        var mailed = Link().Match(Assert.Single(await BodiesAsync(), body => body.Contains("/invitations/", StringComparison.Ordinal))).Groups["path"].Value;
        Assert.IsType<InvitationUnknown>((await RegisterAsync(copied)).Error);
        Assert.True((await RegisterAsync(mailed.Split('/')[^1])).Succeeded);
        Assert.True((await _server.FindAsync("new@else.test"))!.EmailConfirmed);
    }

    [Fact]
    public async Task Link_SignedInAsAnother_NamesTheAddressAndOffersSigningOut()
    {
        var link = await InviteAsync("new@else.test");
        using var browser = _server.OpenBrowser();
        await browser.SignInAsync("owner@acme.test");

        var page = await browser.ReadAsync(link);

        Assert.Contains("This invitation is for new@else.test.", page);
        Assert.Contains("Sign out", page);
        Assert.DoesNotContain(">Accept<", page);
        Assert.DoesNotContain(">Decline<", page);
    }

    [Fact]
    public async Task Link_WithAnAccount_SignsInAndAccepts()
    {
        var user = await _server.AddAccountAsync("known@else.test");
        var link = await InviteAsync(user.Email!);
        using var browser = _server.OpenBrowser();
        Assert.Contains("Sign in to accept", await browser.ReadAsync(link));
        await browser.SignInAsync(user.Email!);

        using var accepted = await browser.SubmitAsync(link);

        Assert.Equal(HttpStatusCode.Redirect, accepted.StatusCode);
        await AssertStateAsync(InvitationState.Accepted);
    }

    [Fact]
    public async Task Link_Declined_IsOver()
    {
        var link = await InviteAsync("new@else.test");
        using var browser = _server.OpenBrowser();

        using var declined = await browser.SubmitAsync(link, ("_handler", "decline"));

        Assert.Contains("Invitation declined", await declined.Content.ReadAsStringAsync());
        await AssertStateAsync(InvitationState.Declined);
        Assert.Contains("was declined", await browser.ReadAsync(link));
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("..%2F..%2F")]
    public async Task Link_Unknown_SaysSoAndNothingElse(string token)
    {
        using var browser = _server.OpenBrowser();
        var page = await browser.ReadAsync($"/invitations/{token}");
        Assert.Contains("This link does not work", page);
        Assert.DoesNotContain("acme", page);
    }

    [Fact]
    public async Task Link_PostedWithoutItsToken_IsRefused()
    {
        var link = await InviteAsync("new@else.test");
        using var browser = _server.OpenBrowser();

        using var forged = await browser.PostAsync(link, ("_handler", "decline"));

        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        await AssertStateAsync(InvitationState.Pending);
    }

    [GeneratedRegex(@"https?://[^/\s]+(?<path>/invitations/\S+)")]
    private static partial Regex Link();

    private async Task<string> InviteAsync(string email)
    {
        var site = new PublicAddress(new Uri("http://localhost"));
        var invited = await _server.Services.GetRequiredService<InvitationsService>().InviteAsync(
            Actors.Of(_owner), _vision, new NewInvitations(email, null, "developer"), site);
        Assert.Null(Assert.Single(invited.Value).Refusal);
        // The mail is in the database, with the invitation; a project that invites people from outside lets them in.
        await using (var db = _server.OpenDatabase())
        {
            var organization = await db.Organizations.SingleAsync();
            organization.Change(new() { Name = "acme", AllowsExternalCollaborators = true });
            await db.SaveChangesAsync();
        }

        await _server.Services.GetRequiredService<MailOutbox>().FlushAsync();
        var mail = Assert.Single(_sink.Mails, mail => mail.Recipients.Contains(email));
        return Link().Match(mail.Text).Groups["path"].Value;
    }

    private async Task<string> CopyAsync() =>
        (await _server.Services.GetRequiredService<InvitationsService>().CopyLinkAsync(Actors.Of(_owner), _vision, (await StoredAsync()).Id)).Value;

    private async Task<ProjectConsole.Shared.Result<string>> RegisterAsync(string token)
    {
        await using var scope = _server.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<InvitedRegistration>().RegisterAsync(Actors.Anonymous, token, "Mine", "several plain words");
    }

    private async Task<Invitation> StoredAsync()
    {
        await using var db = _server.OpenDatabase();
        return await db.Invitations.AsNoTracking().SingleAsync();
    }

    private async Task AssertStateAsync(InvitationState expected)
    {
        await using var db = _server.OpenDatabase();
        Assert.Equal(expected, (await db.Invitations.SingleAsync()).State);
    }

    private async Task<List<string>> BodiesAsync()
    {
        await using var db = _server.OpenDatabase();
        return await db.OutgoingMails.Where(mail => mail.Body != "").Select(mail => mail.Body).ToListAsync();
    }
}
