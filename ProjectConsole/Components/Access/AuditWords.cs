using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using ProjectConsole.Domain.Audit;
using static ProjectConsole.Domain.Audit.AuditActions;

namespace ProjectConsole.Components.Access;

/// <summary>What each action is called, and how it reads in a sentence.</summary>
public static class AuditWords
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    // Title; what was done to the object; what comes after it; what was tried where it was denied.
    private static readonly Dictionary<string, Words> ByAction = new()
    {
        [OrganizationCreated] = new("Organization created", "created the organization", "", "create an organization"),
        [OrganizationChanged] = new("Organization settings changed", "changed the settings of", "", "change the settings of the organization"),
        [OrganizationDeleted] = new("Organization deleted", "deleted the organization", "", "delete the organization"),
        [OrganizationRestored] = new("Organization restored", "restored the organization", "", "restore the organization"),
        [OrganizationOpened] = new("Organization opened", "opened the organization", "", "open the organization"),
        [AllowanceRequested] = new("More projects requested", "asked for more projects for", "", "ask for more projects"),
        [AllowanceChanged] = new("Project allowance changed", "changed the project allowance of", "", "change the project allowance"),
        [AllowanceDeclined] = new("More projects declined", "declined more projects for", "", "decline more projects"),
        [MemberAdded] = new("Member added", "added", "to the organization", "add a member"),
        [MemberRoleChanged] = new("Member's role changed", "changed the organization role of", "", "change a member's role"),
        [MemberCreationChanged] = new("Project creation of a member changed", "changed whether projects can be created by", "", "change who creates projects"),
        [MemberRemoved] = new("Member removed", "removed", "from the organization", "remove a member"),
        [MemberLeft] = new("Member left", "left the organization as", "", "leave the organization"),
        [TeamCreated] = new("Team created", "created the team", "", "create a team"),
        [TeamChanged] = new("Team changed", "changed the team", "", "change a team"),
        [TeamDeleted] = new("Team deleted", "deleted the team", "", "delete a team"),
        [TeamRestored] = new("Team brought back", "brought back the team", "", "bring back a team"),
        [TeamMembersAdded] = new("People added to a team", "added people to the team", "", "add people to a team"),
        [TeamMemberRemoved] = new("Person taken out of a team", "took a person out of the team", "", "take a person out of a team"),
        [WorkspaceCreated] = new("Workspace created", "created the workspace", "", "create a workspace"),
        [WorkspaceRenamed] = new("Workspace renamed", "renamed the workspace", "", "rename a workspace"),
        [WorkspaceGrantAdded] = new("Role on a workspace given", "gave a role on a workspace to", "", "give a role on a workspace"),
        [WorkspaceGrantChanged] = new("Role on a workspace changed", "changed the role on a workspace of", "", "change a role on a workspace"),
        [WorkspaceGrantRemoved] = new("Role on a workspace ended", "ended the role on a workspace of", "", "end a role on a workspace"),
        [CollaboratorExpiryAnnounced] = new("Expiry announced", "announced the end of the grant of", "", "announce the end of a grant"),
        [ReviewStarted] = new("Access review started", "started", "", "start an access review"),
        [ReviewAnswered] = new("Access review answered", "answered the review of", "", "answer an access review"),
        [ReviewReminded] = new("Access review reminded of", "reminded of", "", "remind of an access review"),
        [ReviewExported] = new("Access review exported", "exported", "", "export an access review"),
        [ReviewClosed] = new("Access review closed", "closed", "", "close an access review"),
        [AssertionCreated] = new("Assertion written", "wrote the assertion", "", "write an assertion"),
        [AssertionDeleted] = new("Assertion deleted", "deleted the assertion", "", "delete an assertion"),
        [AppTypesChanged] = new("App types changed", "changed the app types of", "", "change the app types of the organization"),
        [ProjectCreated] = new("Project created", "created the project", "", "create a project"),
        [ProjectOpened] = new("Project opened", "opened", "", "open"),
        [ProjectGuardPassed] = new("Guard of a project passed", "passed a guard of", "", "pass a guard of"),
        [ProjectChanged] = new("Project changed", "changed the settings of", "", "change the settings of"),
        [ProjectDocumented] = new("Documentation changed", "changed the documentation of", "", "change the documentation of"),
        [ProjectMoved] = new("Project moved", "moved", "to another workspace", "move a project to another workspace"),
        [ProjectSuspended] = new("Project suspended", "suspended", "", "suspend"),
        [ProjectActivated] = new("Project activated", "activated", "", "activate"),
        [ResourceCreated] = new("Resource created", "created", "", "create"),
        [ResourceChanged] = new("Resource changed", "changed", "", "change"),
        [ResourceOperated] = new("Resource operated", "operated", "", "operate"),
        [ResourceMoved] = new("Resource moved", "moved", "to another project", "move to another project"),
        [ResourceDeleted] = new("Resource deleted", "deleted", "", "delete"),
        [ResourceShared] = new("Resource shared", "shared", "", "share"),
        [ShareAnswered] = new("Share answered", "answered the share of", "", "answer the share of"),
        [ShareEnded] = new("Share ended", "ended the share of", "", "end the share of"),
        [ResourceVisibilityChanged] = new("Resource visibility changed", "changed who sees", "", "change who sees"),
        [ProjectDeleted] = new("Project deleted", "deleted", "", "delete"),
        [ProjectRestored] = new("Project restored", "restored", "", "restore"),
        [ProjectPurged] = new("Project purged", "removed for good", "", "purge"),
        [PersonalSpacePurged] = new("Personal space removed for good", "removed the personal space of", "for good", "remove a personal space"),
        [LimitSet] = new("Limit set", "set the limit of", "", "set a limit"),
        [LimitCleared] = new("Limit cleared", "cleared the limit of", "", "clear a limit"),
        [UsageMended] = new("Usage mended", "mended the usage of", "", "mend usage"),
        [CollaboratorAdded] = new("Collaborator added", "added", "to", "add a collaborator to"),
        [CollaboratorRoleChanged] = new("Collaborator's role changed", "changed the role of", "in", "change a role in"),
        [CollaboratorExpiryChanged] = new("Collaborator's expiry changed", "changed the expiry of", "in", "change an expiry in"),
        [CollaboratorRestricted] = new("Collaborator's restriction changed", "changed the restriction of", "in", "change a restriction in"),
        [CollaboratorRaised] = new("Collaborator raised for a while", "raised for a while", "in", "raise a collaborator for a while in"),
        [CollaboratorRaiseEnded] = new("Temporary role ended", "ended the temporary role of", "in", "end a temporary role in"),
        [CollaboratorRemoved] = new("Collaborator removed", "removed", "from", "remove a collaborator from"),
        [CollaboratorTeamGrew] = new("Team of the project grew", "added people to the team", "of", "add people to a team of"),
        [CollaboratorsExported] = new("Collaborators exported", "exported the collaborators of", "", "export the collaborators of"),
        [CollaboratorLeft] = new("Collaborator left", "left, as", "the project", "leave"),
        [RoleCreated] = new("Role created", "created the role", "", "create a role"),
        [RoleChanged] = new("Role changed", "changed the role", "", "change a role"),
        [RoleDeleted] = new("Role deleted", "deleted the role", "", "delete a role"),
        [OrganizationRoleCreated] = new("Organization role created", "created the organization role", "", "create an organization role"),
        [OrganizationRoleChanged] = new("Organization role changed", "changed the organization role", "", "change an organization role"),
        [OrganizationRoleDeleted] = new("Organization role deleted", "deleted the organization role", "", "delete an organization role"),
        [RestrictionCreated] = new("Restriction created", "created the restriction", "", "create a restriction"),
        [RestrictionChanged] = new("Restriction changed", "changed the restriction", "", "change a restriction"),
        [RestrictionDeleted] = new("Restriction deleted", "deleted the restriction", "", "delete a restriction"),
        [InvitationSent] = new("Invitation sent", "invited", "", "invite somebody"),
        [InvitationCancelled] = new("Invitation cancelled", "cancelled the invitation of", "", "cancel an invitation"),
        [InvitationLinkCopied] = new("Link of an invitation copied", "made a link by hand for", "", "copy the link of an invitation"),
        [InvitationAccepted] = new("Invitation accepted", "accepted the invitation of", "", "accept an invitation"),
        [InvitationDeclined] = new("Invitation declined", "declined the invitation of", "", "decline an invitation"),
        [AccessRequested] = new("Access requested", "asked for access to", "", "ask for access"),
        [AccessRequestGranted] = new("Request granted", "granted the request of", "in", "grant a request in"),
        [AccessRequestDeclined] = new("Request declined", "declined the request of", "in", "decline a request in"),
        [AccessRequestWithdrawn] = new("Request withdrawn", "withdrew the request of", "in", "withdraw a request in"),
        [KeyCreated] = new("API key created", "created the API key", "", "create an API key"),
        [KeyRotated] = new("API key rotated", "rotated the API key", "", "rotate an API key"),
        [KeyRevoked] = new("API key revoked", "revoked the API key", "", "revoke an API key"),
        [TokenCreated] = new("Personal token created", "created the personal token", "", "create a personal token"),
        [TokenCollected] = new("Command line signed in", "signed a command line in with the personal token", "", "sign a command line in with a personal token"),
        [TokenRotated] = new("Personal token rotated", "rotated the personal token", "", "rotate a personal token"),
        [TokenRevoked] = new("Personal token revoked", "revoked the personal token", "", "revoke a personal token"),
        [SshKeyAdded] = new("SSH key added", "added the SSH key", "", "add an SSH key"),
        [SshKeyRemoved] = new("SSH key removed", "removed the SSH key", "", "remove an SSH key"),
        [MailGivenUp] = new("Mail given up", "gave up a mail to", "", "send a mail"),
        [InstallationSetUp] = new("Installation set up", "set up the", "", "set up the"),
        [InstallationChanged] = new("Installation settings changed", "changed the settings of the", "", "change the settings of the"),
        [AccountRegistered] = new("Account registered", "registered the account", "", "register an account"),
        [AccountConfirmed] = new("Address confirmed", "confirmed the address", "", "confirm an address"),
        [AccountSignedIn] = new("Signed in", "signed in as", "", "sign in"),
        [AccountSignInFailed] = new("Sign-in failed", "did not get in as", "", "sign in"),
        [AccountSignedOut] = new("Signed out", "signed out as", "", "sign out"),
        [AccountPasswordChanged] = new("Password changed", "changed the password of", "", "change the password"),
        [AccountPasswordReset] = new("Password reset", "reset the password of", "", "reset the password"),
        [AccountProfileChanged] = new("Profile changed", "changed the profile of", "", "change the profile"),
        [AccountLocked] = new("Account locked", "locked the account", "", "lock an account"),
        [AccountUnlocked] = new("Account unlocked", "unlocked the account", "", "unlock an account"),
        [AccountDeleted] = new("Account deleted", "deleted the account", "", "delete an account"),
        [AccountSignedOutEverywhere] = new("Signed out everywhere", "signed out everywhere", "", "sign somebody out everywhere"),
    };

    /// <summary>Every action with its title, by title.</summary>
    public static IReadOnlyList<(string Action, string Title)> Actions { get; } =
        [.. ByAction.Select(pair => (pair.Key, pair.Value.Title)).OrderBy(pair => pair.Title, StringComparer.Ordinal)];

    /// <summary>What an action is called; its stored name where it has no title.</summary>
    public static string Title(string action) => ByAction.TryGetValue(action, out var words) ? words.Title : action;

    /// <summary>The words between the actor and the object.</summary>
    public static string Verb(string action, AuditResult result) =>
        !ByAction.TryGetValue(action, out var words) ? action
        : result == AuditResult.Denied ? $"tried to {words.Attempt}"
        : words.Past;

    /// <summary>The words after the object; empty where there are none.</summary>
    public static string Tail(string action, AuditResult result, string? projectName) =>
        result == AuditResult.Denied || !ByAction.TryGetValue(action, out var words) ? ""
        : words.After is not ("to" or "in" or "from") ? words.After
        : projectName is null ? ""
        : $"{words.After} {Visible(projectName)}";

    /// <summary>Who acted, readable.</summary>
    public static string Actor(string name) => name.Length > 0 ? Visible(name) : "Somebody not signed in";

    /// <summary>Shows what nobody would see: control characters and those that change the direction of their neighbours.</summary>
    public static string Visible(string text)
    {
        var visible = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var hides = rune.Value is not ('\n' or 0x200C or 0x200D) && Rune.GetUnicodeCategory(rune)
                is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse;
            visible.Append(hides ? $"\\u{rune.Value:X4}" : rune.ToString());
        }

        return visible.ToString();
    }

    /// <summary>A stored state, readable; as it is where it was cut.</summary>
    public static string Pretty(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Visible(JsonSerializer.Serialize(document.RootElement, Readable).ReplaceLineEndings("\n"));
        }
        catch (JsonException)
        {
            return Visible(json);
        }
    }

    private sealed record Words(string Title, string Past, string After, string Attempt);
}
