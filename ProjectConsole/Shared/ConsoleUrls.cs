using System.Globalization;
using System.Text;

namespace ProjectConsole.Shared;

/// <summary>Every link of the console is built here, so that an address changes in one place.</summary>
public static partial class ConsoleUrls
{
    /// <summary>Where the console starts.</summary>
    public const string Home = "/";

    /// <summary>The person's organizations.</summary>
    public const string Organizations = "/organizations";

    /// <summary>Create an organization.</summary>
    public const string NewOrganization = "/organizations/new";

    /// <summary>First start of an installation.</summary>
    public const string Setup = "/setup";

    /// <summary>Sign in.</summary>
    public const string SignIn = "/account/sign-in";

    /// <summary>Sign out; a form posts here.</summary>
    public const string SignOut = "/account/sign-out";

    /// <summary>Notes an act of the person; console.js posts here.</summary>
    public const string Act = "/account/act";

    /// <summary>Register an account.</summary>
    public const string Register = "/account/register";

    /// <summary>Confirm an address.</summary>
    public const string ConfirmEmail = "/account/confirm-email";

    /// <summary>Ask for a link that resets the password.</summary>
    public const string ForgotPassword = "/account/forgot-password";

    /// <summary>Choose a new password by such a link.</summary>
    public const string ResetPassword = "/account/reset-password";

    /// <summary>Where the result of a review is downloaded.</summary>
    public const string ReviewExportRoute = "/organizations/{organization}/projects/{project}/settings/access-review/{review:guid}/export";

    /// <summary>Where the collaborators of a project are downloaded.</summary>
    public const string CollaboratorsExportRoute = "/organizations/{organization}/projects/{project}/settings/collaborators/export";

    /// <summary>The person's profile.</summary>
    public const string Profile = "/account/profile";

    /// <summary>Change the password, sign out everywhere.</summary>
    public const string AccountSecurity = "/account/security";

    /// <summary>The person's tokens.</summary>
    public const string Tokens = "/account/tokens";

    /// <summary>Create a personal token.</summary>
    public const string NewToken = "/account/tokens/new";

    /// <summary>Where a person confirms that a command line acts as them.</summary>
    public const string CommandLine = "/account/command-line";

    /// <summary>The person's public keys.</summary>
    public const string SshKeys = "/account/ssh-keys";

    /// <summary>Calls of the API, tried from the browser.</summary>
    public const string TryApi = "/docs/try-the-api";

    /// <summary>Ends the own account.</summary>
    public const string DeleteAccount = "/account/delete";

    /// <summary>Organizations of the installation and their allowances.</summary>
    public const string InstallationOrganizations = "/installation/organizations";

    /// <summary>Requests for more projects.</summary>
    public const string InstallationRequests = "/installation/requests";

    /// <summary>Accounts of the installation.</summary>
    public const string InstallationAccounts = "/installation/accounts";

    /// <summary>What each project may use where its organization says nothing.</summary>
    public const string InstallationLimits = "/installation/limits";

    /// <summary>The most that organizations may set.</summary>
    public const string InstallationBounds = "/installation/limits/bounds";

    /// <summary>Settings of the installation.</summary>
    public const string InstallationSettings = "/installation/settings";

    /// <summary>Under which addresses invitations are answered.</summary>
    public const string Invitations = "/invitations";

    /// <summary>What the person asked for.</summary>
    public const string OwnRequests = "/account/requests";

    /// <summary>Accept or decline an invitation; the token makes it a secret.</summary>
    public static string Invitation(string token) => $"{Invitations}/{Segment(token)}";

    /// <summary>Confirm a command line that asks; without a port the person carries the code over.</summary>
    public static string CommandLineLogin(string machine, string challenge, string state, int? port) =>
        WithQuery(CommandLine, ("machine", machine), ("challenge", challenge), ("state", state), ("port", port));

    /// <summary>A program that listens on the machine of the browser. By its address: a name could be made to mean another machine (RFC 8252, 8.3).</summary>
    public static string OnOwnMachine(int port, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        WithQuery(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"), parameters);

    /// <summary>Invitations to an organization.</summary>
    public static string MemberInvitations(string organization) => $"{Members(organization)}/invitations";

    /// <summary>Invitations to a project.</summary>
    public static string ProjectInvitations(string organization, string project) => $"{Collaborators(organization, project)}/invitations";

    /// <summary>Requests for access to a project.</summary>
    public static string ProjectRequests(string organization, string project) => $"{Collaborators(organization, project)}/requests";

    /// <summary>A part of the documentation.</summary>
    public static string Documentation(string part) => $"/docs/{Segment(part)}";

    /// <summary>The Projects tab.</summary>
    public static string Projects(string organization) => $"/organizations/{Segment(organization)}/projects";

    /// <summary>The Projects tab, narrowed to a workspace.</summary>
    public static string ProjectsIn(string organization, string workspace) => WithQuery(Projects(organization), ("workspace", workspace));

    /// <summary>The resources of all projects of an organization.</summary>
    public static string AllResources(string organization) => $"/organizations/{Segment(organization)}/resources";

    /// <summary>Add a New Project.</summary>
    public static string NewProject(string organization) => $"{Projects(organization)}/new";

    /// <summary>The Members tab.</summary>
    public static string Members(string organization) => $"/organizations/{Segment(organization)}/members";

    /// <summary>The Teams tab.</summary>
    public static string Teams(string organization) => $"/organizations/{Segment(organization)}/teams";

    /// <summary>One team.</summary>
    public static string Team(string organization, string team) => $"{Teams(organization)}/{Segment(team)}";

    /// <summary>The Roles tab of an organization: its project roles.</summary>
    public static string Roles(string organization) => $"/organizations/{Segment(organization)}/roles";

    /// <summary>The organization roles of an organization.</summary>
    public static string OrganizationRoles(string organization) => OrganizationRolesOf(Roles(organization));

    /// <summary>The organization roles, under the address of the Roles tab.</summary>
    public static string OrganizationRolesOf(string roles) => $"{roles}/organization";

    /// <summary>The restrictions of an organization.</summary>
    public static string Restrictions(string organization) => $"{Roles(organization)}/restrictions";

    /// <summary>One role of a list of roles.</summary>
    public static string Role(string roles, string key) => $"{roles}/{Segment(key)}";

    /// <summary>Create a role in a list of roles, from another where one is named.</summary>
    public static string NewRole(string roles, string? from = null) => WithQuery($"{roles}/new", ("from", from));

    /// <summary>One restriction of a list of restrictions.</summary>
    public static string Restriction(string restrictions, Guid id) => $"{restrictions}/{id}";

    /// <summary>Create a restriction in a list of restrictions.</summary>
    public static string NewRestriction(string restrictions) => $"{restrictions}/new";

    /// <summary>The Audit tab of an organization.</summary>
    public static string OrganizationAudit(string organization) => $"/organizations/{Segment(organization)}/audit";

    /// <summary>What happened in an organization to objects of that name.</summary>
    public static string OrganizationAuditOf(string organization, string name) => WithQuery(OrganizationAudit(organization), ("object", name));

    /// <summary>The Settings tab of an organization.</summary>
    public static string OrganizationSettings(string organization) => $"/organizations/{Segment(organization)}/settings";

    /// <summary>Workspaces, under the settings of an organization.</summary>
    public static string Workspaces(string organization) => $"{OrganizationSettings(organization)}/workspaces";

    /// <summary>One workspace, under the settings of an organization.</summary>
    public static string Workspace(string organization, string workspace) => $"{Workspaces(organization)}/{Segment(workspace)}";

    /// <summary>Assertions, under the settings of an organization.</summary>
    public static string Assertions(string organization) => $"{OrganizationSettings(organization)}/assertions";

    /// <summary>What each project may use, under the settings of an organization.</summary>
    public static string OrganizationLimits(string organization) => $"{OrganizationSettings(organization)}/limits";

    /// <summary>What each personal space may use, under the settings of an organization.</summary>
    public static string PersonalSpaceLimits(string organization) => $"{OrganizationLimits(organization)}/personal-spaces";

    /// <summary>Deleting and leaving an organization.</summary>
    public static string OrganizationDangerZone(string organization) => $"{OrganizationSettings(organization)}/danger-zone";

    /// <summary>Sign in and come back.</summary>
    public static string SignInThen(string localUrl) => WithQuery(SignIn, ("returnUrl", localUrl));

    /// <summary>Adds the parameters that have a value; a list's state lives in its address.</summary>
    public static string WithQuery(string url, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var address = new StringBuilder(url);
        var separator = url.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        foreach (var (name, value) in parameters)
        {
            if (Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text)
            {
                address.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(text));
                separator = '&';
            }
        }

        return address.ToString();
    }

    /// <summary>
    /// Whether an address from outside may be followed after signing in: a path on this site and nothing that a browser
    /// reads as another host (<c>//host</c>, <c>/\host</c>, control characters).
    /// </summary>
    public static bool IsLocal(string? url) =>
        url is ['/', ..] and not ['/', '/' or '\\', ..] && !url.Any(char.IsControl);

    private static string Segment(string slug) => Uri.EscapeDataString(slug);
}
