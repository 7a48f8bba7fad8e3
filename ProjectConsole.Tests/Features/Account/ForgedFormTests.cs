using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Invitations;
using ProjectConsole.Domain.Keys;
using ProjectConsole.Features.Invitations;
using ProjectConsole.Features.Setup;
using ProjectConsole.Tests.Architecture;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Account;

/// <summary>Every form that a page without a circuit posts, replayed as somebody else or some other site would.</summary>
public sealed partial class ForgedFormTests(ConsoleServer server) : IClassFixture<ConsoleServer>
{
    private const string Password = "several plain words";

    private const string SshKeyText = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKGJMvFxNm4EtM8iq8iWTz2HyOfgxyvV8aAlsP79MBYL owner@acme.test laptop";

    private static readonly Dictionary<string, Form> Forms = new()
    {
        ["sign-in"] = new("/account/sign-in", false, ("Input.Email", "{me}"), ("Input.Password", ConsoleServer.Password)),
        ["register"] = new("/account/register", false, ("Input.Email", "new-{me}")),
        ["forgot-password"] = new("/account/forgot-password", false, ("Input.Email", "{me}")),
        ["confirm-email"] = new("{confirm}", false, ("Input.DisplayName", "Pat"), ("Input.Password", Password)),
        ["reset-password"] = new("{reset}", false, ("Input.Password", Password)),
        ["profile"] = new("/account/profile", true, ("Input.DisplayName", "Somebody else")),
        ["change-password"] = new("/account/security", true, ("Input.Current", ConsoleServer.Password), ("Input.Password", Password)),
        ["sign-out-everywhere"] = new("/account/security", true),
        ["delete-account"] = new("/account/delete", true, ("Input.Typed", "{me}"), ("Input.Password", ConsoleServer.Password)),
        ["accept"] = new("{accept}", true),
        ["confirm"] = new("{confirm-invited}", false),
        ["join"] = new("{join}", false, ("Input.Password", Password)),
        ["decline"] = new("{decline}", false),
        ["withdraw"] = new("{withdraw}", true, ("Input.Id", "{id}")),
        ["add-key"] = new("/account/ssh-keys", true, ("Input.Name", "laptop"), ("Input.Key", SshKeyText)),
        ["remove-key"] = new("{remove-key}", true, ("Removal.Id", "{id}")),
        ["command-line"] = new("/account/command-line?machine=build-box&challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&state=abcdefghijklmnopqrstuvwxyz", true, ("Input.Days", "30")),
        ["sign-out"] = new("/account/profile", true) { PostsTo = "/account/sign-out" },
        ["act"] = new("/account/profile", true) { PostsTo = "/account/act" },
    };

    public static TheoryData<string> Names => [.. Forms.Keys];

    [Fact]
    public void Forms_EveryOneThatThereIs_IsReplayedHere()
    {
        var named = Sources.Product.SelectMany(file => FormName().Matches(file.Text)).Select(match => match.Groups["name"].Value);
        var posted = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is { HttpMethods: ["POST"] })
            .Select(endpoint => endpoint.RoutePattern.RawText!).Where(route => route.StartsWith("/account/", StringComparison.Ordinal)).Select(route => route["/account/".Length..]);

        Assert.Equal([.. named.Concat(posted).Distinct().Except(["setup"]).Order(StringComparer.Ordinal)], Forms.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Post_AsThePageSendsIt_IsTaken(string name)
    {
        using var trial = await Trial.BeginAsync(server, name);

        HttpStatusCode status = default;
        var changes = await Unchanged.ChangesAsync(server.OpenDatabase, async () => status = await trial.PostAsync(await trial.FieldsAsync()));

        Assert.True((int)status < 400, $"{status}");
        Assert.Equal(Forms[name].Writes, changes.Count > 0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Post_WithoutToken_IsRefused(string name)
    {
        using var trial = await Trial.BeginAsync(server, name);
        var fields = await trial.FieldsAsync();

        await AssertRefusedAsync(HttpStatusCode.BadRequest, () => trial.PostAsync(fields.Where(field => field.Name != "__RequestVerificationToken")));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Post_WithAnotherPersonsToken_IsRefused(string name)
    {
        using var trial = await Trial.BeginAsync(server, name);
        var fields = await trial.FieldsAsync();
        using var other = await OpenAsOtherAsync();
        var token = (await other.HiddenFieldsAsync("/account/profile")).First(field => field.Name == "__RequestVerificationToken");

        await AssertRefusedAsync(HttpStatusCode.BadRequest, () => trial.PostAsync(fields.Select(field => field.Name == token.Name ? token : field)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Post_UnderAnotherPersonsSession_IsRefused(string name)
    {
        using var trial = await Trial.BeginAsync(server, name);
        var fields = await trial.FieldsAsync();
        var other = await server.AddAccountAsync($"p{Guid.NewGuid():N}@acme.test");
        await trial.Browser.SignInAsync(other.Email!);

        await AssertRefusedAsync(HttpStatusCode.BadRequest, () => trial.PostAsync(fields));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Post_FromAnotherSite_IsRefused(string name)
    {
        (string Name, string Value)[] headers = [("Origin", "https://evil.test"), ("Origin", "null"), ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site")];
        using var trial = await Trial.BeginAsync(server, name);
        var fields = await trial.FieldsAsync();
        foreach (var header in headers)
        {
            await AssertRefusedAsync(HttpStatusCode.Forbidden, () => trial.PostAsync(fields, header));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Get_WithTheFieldsOfTheForm_ChangesNothing(string name)
    {
        using var trial = await Trial.BeginAsync(server, name);
        var fields = await trial.FieldsAsync();

        await Unchanged.AssertNothingWrittenAsync(server, () => trial.GetAsync(fields));
    }

    [Fact]
    public async Task Setup_Forged_IsRefused()
    {
        await using var empty = new ConsoleServer();
        using var browser = empty.OpenBrowser();
        (string Name, string Value)[] typed =
        [
            .. (await browser.HiddenFieldsAsync("/setup")).DistinctBy(field => field.Name), ("Input.Code", empty.Services.GetRequiredService<SetupCode>().Text),
            ("Input.Name", "Acme"), ("Input.Email", "owner@acme.test"), ("Input.Password", Password),
        ];

        await Unchanged.AssertNothingWrittenAsync(empty, async () =>
        {
            using var bare = await browser.PostAsync("/setup", [.. typed.Where(field => field.Name != "__RequestVerificationToken")]);
            Assert.Equal(HttpStatusCode.BadRequest, bare.StatusCode);
            using var foreign = await SendAsync(browser, HttpMethod.Post, "/setup", typed, ("Sec-Fetch-Site", "cross-site"));
            Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
            using var link = await SendAsync(browser, HttpMethod.Get, "/setup", typed);
        });
        using var taken = await browser.PostAsync("/setup", typed);
        Assert.Equal(HttpStatusCode.Redirect, taken.StatusCode);
    }

    [GeneratedRegex("FormName=\"(?<name>[^\"]+)\"")]
    private static partial Regex FormName();

    private static async Task<HttpResponseMessage> SendAsync(
        FormBrowser browser, HttpMethod method, string address, IEnumerable<(string Name, string Value)> fields, params (string Name, string Value)[] headers)
    {
        using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        var link = method == HttpMethod.Get ? $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{await form.ReadAsStringAsync()}" : address;
        using var request = new HttpRequestMessage(method, link) { Content = method == HttpMethod.Get ? null : form };
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await browser.Client.SendAsync(request);
    }

    private async Task AssertRefusedAsync(HttpStatusCode expected, Func<Task<HttpStatusCode>> post) =>
        await Unchanged.AssertNothingWrittenAsync(server, async () => Assert.Equal(expected, await post()));

    private async Task<FormBrowser> OpenAsOtherAsync()
    {
        var other = await server.AddAccountAsync($"p{Guid.NewGuid():N}@acme.test");
        var browser = server.OpenBrowser();
        await browser.SignInAsync(other.Email!);
        return browser;
    }

    /// <param name="Page">Where it is.</param>
    /// <param name="IsSigned">Whether one must be signed in.</param>
    /// <param name="Fields">What is typed.</param>
    private sealed record Form(string Page, bool IsSigned, params (string Name, string Value)[] Fields)
    {
        public string? PostsTo { get; init; }

        public bool Writes { get; init; } = true;
    }

    private sealed class Trial(string name, string page, User me, FormBrowser browser) : IDisposable
    {
        public FormBrowser Browser => browser;

        public static async Task<Trial> BeginAsync(ConsoleServer server, string name)
        {
            await server.LetRegisterAsync(true);
            var me = await server.AddAccountAsync($"p{Guid.NewGuid():N}@acme.test");
            var browser = server.OpenBrowser();
            if (Forms[name].IsSigned)
            {
                await browser.SignInAsync(me.Email!);
                // Acts closer together than this are not written.
                server.Clock.Advance(TimeSpan.FromMinutes(1));
            }

            return new Trial(name, await PageAsync(server, name, me), me, browser);
        }

        public async Task<IReadOnlyList<(string Name, string Value)>> FieldsAsync()
        {
            var hidden = (await browser.HiddenFieldsAsync(page)).Where(field => field.Name != "_handler" || field.Value == name).DistinctBy(field => field.Name);
            return [.. hidden, .. Forms[name].Fields.Select(field => (field.Name, field.Value.Replace("{me}", me.Email!, StringComparison.Ordinal).Replace("{id}", me.Id.ToString(), StringComparison.Ordinal)))];
        }

        public async Task<HttpStatusCode> PostAsync(IEnumerable<(string Name, string Value)> fields, params (string Name, string Value)[] headers)
        {
            using var response = await SendAsync(browser, HttpMethod.Post, Forms[name].PostsTo ?? page, fields, headers);
            return response.StatusCode;
        }

        public async Task GetAsync(IEnumerable<(string Name, string Value)> fields)
        {
            using var response = await SendAsync(browser, HttpMethod.Get, Forms[name].PostsTo ?? page, fields);
        }

        public void Dispose() => browser.Dispose();

        private static async Task<string> PageAsync(ConsoleServer server, string name, User me)
        {
            if (name == "remove-key")
            {
                await using var db = server.OpenDatabase();
                db.Add(new SshKey(me.Id, "laptop", SshPublicKey.Parse(SshKeyText, "Key").Value, server.Clock.UtcNow)).Property(row => row.Id).CurrentValue = me.Id;
                await db.SaveChangesAsync();
                return "/account/ssh-keys";
            }

            if (name is "accept" or "confirm" or "join" or "decline" or "withdraw")
            {
                return await JoiningAsync(server, name, me);
            }

            var (form, field, email) = name switch
            {
                "confirm-email" => ("/account/register", "Input.Email", $"link-{me.Email}"),
                "reset-password" => ("/account/forgot-password", "Input.Email", me.Email!),
                _ => ("", "", ""),
            };
            if (form == "")
            {
                return Forms[name].Page;
            }

            using var asking = server.OpenBrowser();
            using var asked = await asking.SubmitAsync(form, (field, email));
            return Link().Match(Assert.Single(await server.MailsToAsync(email))).Groups["path"].Value;
        }
    }

    // An invitation to an organization, or a request for a larger role; the request has the id of the person.
    private static async Task<string> JoiningAsync(ConsoleServer server, string name, User me)
    {
        var (owner, slug, token) = (await server.AddAccountAsync($"p{Guid.NewGuid():N}@acme.test"), $"o{Guid.NewGuid():N}"[..30], $"{Guid.NewGuid():N}");
        var (organizationId, projectId) = await server.AddProjectAsync(slug, "vision", owner, (me, ProjectRole.Viewer));
        await using var db = server.OpenDatabase();
        if (name == "withdraw")
        {
            var request = new AccessRequest(organizationId, projectId, me.Id, me.Email!, new AccessAsk("admin", "why", null), server.Clock.UtcNow);
            db.Add(request).Property(row => row.Id).CurrentValue = me.Id;
            await db.SaveChangesAsync();
            return "/account/requests";
        }

        var (otherId, _) = await server.AddProjectAsync($"o{Guid.NewGuid():N}"[..30], "speech", owner);
        var email = name == "accept" ? me.Email! : $"new-{me.Email}";
        var invitation = new Invitation(otherId, email, EmailAddress.Normalize(email), new InvitationOffer("member", null, null, null));
        invitation.Send(name == "confirm" ? InvitationToken.HashOfCopied(token) : InvitationToken.Hash(token), owner.Id, owner.Email!, server.Clock.UtcNow);
        db.Add(invitation);
        await db.SaveChangesAsync();
        return $"/invitations/{token}";
    }

    [GeneratedRegex(@"http://localhost(?<path>/account/\S+code=\S+)")]
    private static partial Regex Link();
}
