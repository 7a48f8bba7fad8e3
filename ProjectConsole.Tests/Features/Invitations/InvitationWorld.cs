using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Invitations;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Features.Account;
using ProjectConsole.Features.Invitations;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Security;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Invitations;

/// <summary>An organization with a project that invites, and links read from the mails that wait.</summary>
internal sealed partial record InvitationWorld(TestDatabase Database, GivenOrganization Acme, Project Vision, User Manager) : IAsyncDisposable
{
    public static readonly PublicAddress Site = new(new Uri("https://console.acme.test"));

    public InvitationsService Service => Database.Get<InvitationsService>();

    public InvitationAnswers Answers => Database.Get<InvitationAnswers>();

    public InvitationPlace Place => InvitationPlace.In(Acme.Scope(Vision));

    public InvitationPlace Everywhere => new(Acme.Id);

    public static async Task<InvitationWorld> CreateAsync(DatabaseKind kind = DatabaseKind.Sqlite, Func<OrganizationSettings, OrganizationSettings>? settings = null)
    {
        var database = await TestDatabase.CreateAsync(kind, services => services.AddInvitationsFeature().AddOrganizationsFeature());
        var acme = await Given.OrganizationAsync(database, settings: settings);
        var manager = await acme.MemberAsync("manager");
        var vision = await acme.ProjectAsync("vision", (manager, ProjectRole.Manager));
        return new InvitationWorld(database, acme, vision, manager);
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    /// <summary>Invites to the project, and answers the link's token.</summary>
    public async Task<string> InviteAsync(string email, string role = "developer", User? by = null)
    {
        var sent = await Service.InviteAsync(Actors.Of(by ?? Manager), Place, new NewInvitations(email, null, role), Site);
        Assert.Null(Assert.Single(sent.Value).Refusal);
        return await TokenAsync(email);
    }

    /// <summary>Invites to the organization and, where a role is given, to the project.</summary>
    public async Task<string> InviteToOrganizationAsync(string email, string role = "member", string? projectRole = null)
    {
        var sent = await Service.InviteAsync(Actors.Of(Acme.Owner), projectRole is null ? Everywhere : Place, new NewInvitations(email, role, projectRole), Site);
        Assert.Null(Assert.Single(sent.Value).Refusal);
        return await TokenAsync(email);
    }

    /// <summary>The token of the last mail to an address.</summary>
    public async Task<string> TokenAsync(string email) => Link().Match(await Database.ReadAsync(db =>
        db.OutgoingMails.Where(mail => mail.To == email).OrderByDescending(mail => mail.Id).Select(mail => mail.Body).FirstAsync())).Groups["token"].Value;

    public Task<Invitation> StoredAsync(string email) =>
        Database.ReadAsync(db => db.Invitations.Where(row => row.Email == email).OrderByDescending(row => row.SentUtc).FirstAsync());

    /// <summary>What a person may do in the project.</summary>
    public async Task<EffectiveAccess?> AccessAsync(User user) => (await Database.Get<AccessControl>().InProjectAsync(Actors.Of(user), Acme.Scope(Vision)))?.Access;

    [GeneratedRegex(@"/invitations/(?<token>\S+)")]
    private static partial Regex Link();
}
