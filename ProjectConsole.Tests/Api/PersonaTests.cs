using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Api;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Keys;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Features.Teams;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Api;

/// <summary>
/// Every call as every kind of caller, with the status written out. Changes are tried and rolled back, so that all rows meet the same
/// organization; what they do when they are carried out is held by the tests of each noun.
/// </summary>
public sealed class PersonaTests(PersonaWorld world) : IClassFixture<PersonaWorld>
{
    private static readonly string[] Personas = ["owner", "chief", "auditor", "member", "guest", "viewer", "contributor", "developer", "manager", "admin", "stranger", "key", ""];

    // Organization Owner and Admin, Auditor, a member without a grant, an external Viewer, the project's roles, a stranger, the
    // project's key with all that a key can hold, and nobody. Of the organization somebody external knows the own projects only.
    public static TheoryData<string, string, string> Calls
    {
        get
        {
            const string table = """
                call                                                                          own chf aud mem gue vie con dev man adm str key non
                GET /api/v1/whoami                                                            200 200 200 200 200 200 200 200 200 200 200 200 401
                GET /api/v1/account/token                                                     200 200 200 200 200 200 200 200 200 200 200 403 401
                GET /api/v1/account/ssh-keys                                                  200 200 200 200 200 200 200 200 200 200 200 200 401
                GET /api/v1/permissions                                                       200 200 200 200 200 200 200 200 200 200 200 200 401
                GET /api/v1/organizations                                                     200 200 200 200 200 200 200 200 200 200 200 200 401
                GET {o}                                                                       200 200 200 200 404 200 200 200 200 200 404 404 401
                GET {o}/projects                                                              200 200 200 200 200 200 200 200 200 200 404 404 401
                GET {o}/members                                                               200 200 200 200 404 200 200 200 200 200 404 404 401
                GET {o}/members/{viewer}                                                      200 200 200 200 404 200 200 200 200 200 404 404 401
                GET {o}/teams                                                                 200 200 200 200 404 200 200 200 200 200 404 404 401
                GET {o}/teams/core                                                            200 200 200 200 404 200 200 200 200 200 404 404 401
                GET {o}/teams/core/members                                                    200 200 200 200 404 200 200 200 200 200 404 404 401
                GET {o}/workspaces                                                            200 200 200 200 404 200 200 200 200 200 404 404 401
                GET {o}/workspaces/lab                                                        200 200 200 200 404 200 200 200 200 200 404 404 401
                GET {o}/workspaces/lab/grants                                                 200 200 200 200 404 200 200 200 200 200 404 404 401
                GET {o}/roles                                                                 200 200 200 200 404 200 200 200 200 200 404 404 401
                GET {o}/organization-roles                                                    200 200 200 200 404 200 200 200 200 200 404 404 401
                GET {o}/organization-roles/owner                                              200 200 200 200 404 200 200 200 200 200 404 404 401
                GET {o}/restrictions                                                          200 200 200 200 404 200 200 200 200 200 404 404 401
                GET {o}/assertions                                                            200 200 200 200 404 200 200 200 200 200 404 404 401
                GET {o}/app-types                                                             200 200 200 200 404 200 200 200 200 200 404 404 401
                GET {o}/invitations                                                           200 200 403 403 404 403 403 403 403 403 404 404 401
                GET {p}                                                                       200 200 200 404 200 200 200 200 200 200 404 200 401
                GET {p}/collaborators                                                         200 200 200 404 200 200 200 200 200 200 404 200 401
                GET {p}/collaborators/{viewer}                                                200 200 200 404 200 200 200 200 200 200 404 200 401
                GET {p}/who-can?permission=clusters.view                                      200 200 200 404 200 200 200 200 200 200 404 200 401
                GET {p}/roles                                                                 200 200 200 404 200 200 200 200 200 200 404 200 401
                GET {p}/roles/developer                                                       200 200 200 404 200 200 200 200 200 200 404 200 401
                GET {p}/restrictions                                                          200 200 200 404 200 200 200 200 200 200 404 200 401
                GET {p}/invitations                                                           200 200 403 404 403 403 403 403 200 200 404 200 401
                GET {p}/requests                                                              200 200 403 404 403 403 403 403 200 200 404 200 401
                POST {p}/access:explain {"collaborator":"{viewer}"}                           200 200 200 404 200 200 200 200 200 200 404 200 401
                GET {o}/audit                                                                 200 200 200 403 404 403 403 403 403 403 404 404 401
                GET {o}/audit:verify                                                          200 200 200 403 404 403 403 403 403 403 404 404 401
                GET {p}/audit                                                                 200 200 200 404 403 403 403 403 403 200 404 200 401
                PATCH {o} {"name":"Other"}                                                    200 200 403 403 404 403 403 403 403 403 404 404 401
                DELETE {o}                                                                    204 403 403 403 404 403 403 403 403 403 404 404 401
                POST {o}/projects {"id":"dry","name":"Dry"}                                   200 200 403 200 404 200 200 200 200 200 404 404 401
                PUT {o}/app-types {"types":[{"name":"dry","title":"Dry"}]}                    204 204 403 403 404 403 403 403 403 403 404 404 401
                POST {o}/members {"addresses":["{stranger}"]}                                 200 200 403 403 404 403 403 403 403 403 404 404 401
                PATCH {o}/members/{viewer} {"role":"auditor"}                                 200 200 403 403 404 403 403 403 403 403 404 404 401
                DELETE {o}/members/{viewer}                                                   200 200 403 403 404 403 403 403 403 403 404 404 401
                PATCH {o}/members/{owner} {"mayCreateProjects":true}                          200 409 403 403 404 403 403 403 403 403 404 404 401
                POST {o}/teams {"id":"dry","name":"Dry"}                                      200 200 403 403 404 403 403 403 403 403 404 404 401
                PATCH {o}/teams/core {"name":"Other"}                                         204 204 403 403 404 403 403 403 403 403 404 404 401
                DELETE {o}/teams/core                                                         200 200 403 403 404 403 403 403 403 403 404 404 401
                POST {o}/teams/core/members {"addresses":["{viewer}"]}                        200 200 403 403 404 403 403 403 403 403 404 404 401
                DELETE {o}/teams/core/members/{contributor}                                   200 200 403 403 404 403 403 403 403 403 404 404 401
                POST {o}/workspaces {"id":"dry","name":"Dry"}                                 200 200 403 403 404 403 403 403 403 403 404 404 401
                PATCH {o}/workspaces/lab {"name":"Other"}                                     204 204 403 403 404 403 403 403 403 403 404 404 401
                POST {o}/workspaces/lab/grants {"holder":"core","role":"viewer"}              200 200 403 403 404 403 403 403 403 403 404 404 401
                PUT {p}/workspace {"workspace":"lab"}                                         200 200 403 404 404 403 403 403 403 403 404 404 401
                POST {o}/roles {"name":"Dry","basedOn":"viewer","permissions":[]}             200 200 403 403 404 403 403 403 403 403 404 404 401
                POST {o}/organization-roles {"name":"Dry","rights":[]}                        200 200 403 403 404 403 403 403 403 403 404 404 401
                POST {o}/restrictions {"name":"Dry","rules":[{"effect":"deny","pattern":"*"}]}                         200 200 403 403 404 403 403 403 403 403 404 404 401
                POST {o}/assertions {"form":"not-external","permission":"collaborators.add"}  200 200 403 403 404 403 403 403 403 403 404 404 401
                POST {o}/invitations {"addresses":["new@a.test"],"organizationRole":"member"} 200 200 403 403 404 403 403 403 403 403 404 404 401
                PATCH {p} {"description":"Other"}                                             200 200 403 404 403 403 403 403 403 200 404 200 401
                POST {p}/suspend                                                              200 200 403 404 403 403 403 403 403 200 404 200 401
                POST {p}/activate                                                             409 409 403 404 403 403 403 403 403 409 404 409 401
                DELETE {p}                                                                    204 204 403 404 403 403 403 403 403 204 404 204 401
                POST {p}/restore                                                              409 409 403 404 403 403 403 403 403 409 404 409 401
                POST {p}/collaborators {"address":"{member}","role":"viewer"}                 200 200 403 404 403 403 403 403 200 200 404 200 401
                POST {p}/collaborators {"address":"{member}","role":"admin"}                  200 200 403 404 403 403 403 403 403 200 404 403 401
                PATCH {p}/collaborators/{viewer} {"role":"contributor"}                       200 200 403 404 403 403 403 403 200 200 404 200 401
                PUT {p}/collaborators/{viewer}/temporary-role {"role":"contributor","endsUtc":"{soon}"}                  200 200 403 404 403 403 403 403 200 200 404 200 401
                DELETE {p}/collaborators/{viewer}                                             200 200 403 404 403 403 403 403 200 200 404 200 401
                DELETE {p}/collaborators/{admin}                                              200 200 403 404 403 403 403 403 403 200 404 403 401
                POST {p}/roles {"name":"Dry","basedOn":"viewer","permissions":[]}             200 200 403 404 403 403 403 403 403 200 404 200 401
                POST {p}/restrictions {"name":"Dry","rules":[{"effect":"deny","pattern":"*"}]}                         200 200 403 404 403 403 403 403 403 200 404 200 401
                POST {p}/invitations {"addresses":["new@a.test"],"projectRole":"viewer"}      200 200 403 404 403 403 403 403 200 200 404 403 401
                """;
            var rows = new TheoryData<string, string, string>();
            foreach (var line in table.Split('\n').Skip(1))
            {
                var statuses = line[^(Personas.Length * 4 - 1)..];
                var call = line[..^statuses.Length].Trim().Split(' ', 3);
                rows.Add($"{call[0]} {call[1]}", call.Length > 2 ? call[2] : "", statuses);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_ByEveryKindOfCaller_IsAnsweredAsWritten(string call, string body, string statuses)
    {
        var (method, address) = (call.Split(' ')[0], world.Filled(call.Split(' ')[1]));
        var tried = method == "GET" || address.Contains("access:", StringComparison.Ordinal) ? address : $"{address}?dryRun=true";
        var answers = new List<string>();
        foreach (var persona in Personas)
        {
            var content = body == "" ? null : new StringContent(world.Filled(body), null, "application/json");
            var answer = await world.Api.SendAsync(persona == "" ? null : world.Credentials[persona], method, tried, content);
            answers.Add(answer.Status.ToString(CultureInfo.InvariantCulture));
        }

        Assert.Equal(statuses, string.Join(' ', answers));
    }

    [Fact]
    public async Task Table_HasEveryCallOfItsNouns()
    {
        // Those about one thing that is known by its uid: the tests of each noun hold them.
        string[] elsewhere =
        [
            "changeWorkspaceGrant", "removeWorkspaceGrant", "getSharedRole", "changeSharedRole", "deleteSharedRole", "changeProjectRole", "deleteProjectRole",
            "changeOrganizationRole", "deleteOrganizationRole", "getSharedRestriction", "changeSharedRestriction", "deleteSharedRestriction", "getProjectRestriction",
            "changeProjectRestriction", "deleteProjectRestriction", "getAssertion", "deleteAssertion", "resendMemberInvitation", "cancelMemberInvitation",
            "resendCollaboratorInvitation", "cancelCollaboratorInvitation", "grantAccessRequest", "declineAccessRequest", "createOrganization", "restoreOrganization",
            "revokeOwnToken", "passForwardAuth", "checkAccess", "introspect", "endTemporaryRole", "getOrganizationAuditEntry", "getProjectAuditEntry",
        ];
        var rows = Calls.Select(row => ((string)row[0]).Split('?')[0].Replace("{o}", "/api/v1/organizations/x", StringComparison.Ordinal)
            .Replace("{p}", "/api/v1/organizations/x/projects/x", StringComparison.Ordinal)).ToList();

        var missing = (await world.OperationsAsync()).Where(operation => !elsewhere.Contains(operation.Id) && !rows.Exists(operation.Matches)).Select(operation => operation.Id);

        Assert.Empty(missing);
    }
}

/// <summary>A call of the API's document.</summary>
public sealed record DocumentedCall(string Id, string Method, string Path)
{
    /// <summary>Whether a row of the table is about it.</summary>
    public bool Matches(string row)
    {
        var (method, parts) = (row.Split(' ')[0], row.Split(' ')[1].Split('/'));
        var own = Path.Split('/');
        return method == Method && own.Length == parts.Length && own.Zip(parts).All(pair => pair.First == pair.Second || pair.First.StartsWith('{'));
    }
}

/// <summary>An organization with a caller of every kind, which no test changes.</summary>
public sealed class PersonaWorld : IAsyncLifetime, IDisposable
{
    private static readonly string[] InTheProject = ["viewer", "contributor", "developer", "manager", "admin"];

    private static readonly string[] Beside = ["owner", "chief", "auditor", "member", "guest", "stranger"];

    private static readonly string[] Named = ["owner", "viewer", "contributor", "member", "admin", "stranger"];

    private static readonly string[] Tags =
        ["Organizations", "Projects", "Collaborators", "Workspaces", "Members", "Teams", "Roles", "Restrictions", "Assertions", "Invitations", "Access requests", "Access", "Audit"];

    private readonly ConsoleServer _server = new();

    public ApiWorld Api { get; private set; } = null!;

    public Dictionary<string, string> Credentials { get; } = [];

    public async Task InitializeAsync()
    {
        Api = await ApiWorld.CreateAsync(_server);
        var (organizationId, now) = (Api.Scope.OrganizationId, _server.Clock.UtcNow);
        await using (var db = _server.OpenDatabase())
        {
            await db.Organizations.Where(row => row.Id == organizationId).ExecuteUpdateAsync(set => set.SetProperty(row => row.AllowsExternalCollaborators, true));
            foreach (var (who, role) in new[] { ("chief", OrganizationRole.Admin), ("auditor", OrganizationRole.Auditor), ("member", OrganizationRole.Member), ("guest", null) })
            {
                var user = await _server.AddAccountAsync($"{who}@{Api.Organization}.test");
                Api.Know(who, user);
                if (role is not null)
                {
                    db.Members.Add(new Member(organizationId, user.Id, role, now));
                }
            }

            db.Grants.Add(Grant.OnProject(organizationId, Api.Scope.ProjectId, Api.User("guest").Id, ProjectRole.Viewer, Api.User("owner").Id, Api.User("owner").Email!, now));
            db.Workspaces.Add(new Workspace(organizationId, "lab", "Lab", now));
            await db.SaveChangesAsync();
        }

        var teams = Api.Get<TeamsService>();
        var team = (await teams.CreateAsync(Api["owner"], organizationId, new NewTeam("Core", "core"))).Value;
        Assert.True((await teams.AddMembersAsync(Api["owner"], organizationId, new NewTeamMembers(team, Api.User("contributor").Email!))).Succeeded);
        foreach (var who in InTheProject.Concat(Beside))
        {
            Credentials[who] = await Api.TokenAsync(who, ApiWorld.Everything);
        }

        Credentials["key"] = (await Api.KeyAsync([.. KeyTerms.OfProjectKeys.Select(permission => permission.Name)])).Secret;
    }

    /// <summary>The calls of the nouns that the table is about.</summary>
    public async Task<IReadOnlyList<DocumentedCall>> OperationsAsync()
    {
        using var client = _server.CreateClient();
        using var document = JsonDocument.Parse(await client.GetStringAsync(ApiDocument.Address));
        return
        [
            .. document.RootElement.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()
                .Where(operation => operation.Value.TryGetProperty("tags", out var tags) && Tags.Contains(tags[0].GetString()))
                .Select(operation => new DocumentedCall(operation.Value.GetProperty("operationId").GetString()!, operation.Name.ToUpperInvariant(), path.Name))),
        ];
    }

    /// <summary>An address or body with the names of this world.</summary>
    public string Filled(string text) => Named
        .Aggregate(text, (filled, who) => filled.Replace($"{{{who}}}", Api.User(who).Email, StringComparison.Ordinal))
        .Replace("{o}", Api.OrganizationAddress, StringComparison.Ordinal).Replace("{p}", Api.Address, StringComparison.Ordinal)
        .Replace("{soon}", _server.Clock.UtcNow.AddHours(1).ToString("O"), StringComparison.Ordinal);

    Task IAsyncLifetime.DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _server.Dispose();
}
