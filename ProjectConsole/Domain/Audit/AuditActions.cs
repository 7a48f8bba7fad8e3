namespace ProjectConsole.Domain.Audit;

/// <summary>Every action that is written to the audit log; past tense, never renamed.</summary>
public static class AuditActions
{
#pragma warning disable CS1591 // Each name says what it is.
    public const string OrganizationCreated = "organization.created";
    public const string OrganizationChanged = "organization.settings.changed";
    public const string OrganizationDeleted = "organization.deleted";
    public const string OrganizationRestored = "organization.restored";
    public const string OrganizationOpened = "organization.opened";
    public const string AllowanceRequested = "organization.allowance.requested";
    public const string AllowanceChanged = "organization.allowance.changed";
    public const string AllowanceDeclined = "organization.allowance.declined";
    public const string MemberAdded = "organization.member.added";
    public const string MemberRoleChanged = "organization.member.role-changed";
    public const string MemberCreationChanged = "organization.member.creation-changed";
    public const string MemberRemoved = "organization.member.removed";
    public const string MemberLeft = "organization.member.left";
    public const string WorkspaceCreated = "workspace.created";
    public const string WorkspaceRenamed = "workspace.renamed";
    public const string ProjectCreated = "project.created";
    public const string ProjectOpened = "project.opened";
    public const string ProjectChanged = "project.changed";
    public const string ProjectDocumented = "project.documentation.changed";
    public const string ProjectMoved = "project.moved";
    public const string ProjectSuspended = "project.suspended";
    public const string ProjectActivated = "project.activated";
    public const string ProjectDeleted = "project.deleted";
    public const string ProjectRestored = "project.restored";
    public const string CollaboratorAdded = "project.collaborator.added";
    public const string CollaboratorRoleChanged = "project.collaborator.role-changed";
    public const string CollaboratorRemoved = "project.collaborator.removed";
    public const string CollaboratorLeft = "project.collaborator.left";
    public const string RoleCreated = "role.created";
    public const string RoleChanged = "role.changed";
    public const string RoleDeleted = "role.deleted";
    public const string OrganizationRoleCreated = "organization.role.created";
    public const string OrganizationRoleChanged = "organization.role.changed";
    public const string OrganizationRoleDeleted = "organization.role.deleted";
    public const string RestrictionCreated = "restriction.created";
    public const string RestrictionChanged = "restriction.changed";
    public const string RestrictionDeleted = "restriction.deleted";
    public const string InvitationSent = "organization.invitation.sent";
    public const string InvitationCancelled = "organization.invitation.cancelled";
    public const string InvitationLinkCopied = "organization.invitation.link-copied";
    public const string InvitationAccepted = "organization.invitation.accepted";
    public const string InvitationDeclined = "organization.invitation.declined";
    public const string AccessRequested = "project.access.requested";
    public const string AccessRequestGranted = "project.access.request-granted";
    public const string AccessRequestDeclined = "project.access.request-declined";
    public const string AccessRequestWithdrawn = "project.access.request-withdrawn";
    public const string MailGivenUp = "installation.mail.given-up";
    public const string InstallationSetUp = "installation.set-up";
    public const string InstallationChanged = "installation.settings.changed";
    public const string AccountRegistered = "account.registered";
    public const string AccountConfirmed = "account.confirmed";
    public const string AccountSignedIn = "account.signed-in";
    public const string AccountSignInFailed = "account.sign-in-failed";
    public const string AccountSignedOut = "account.signed-out";
    public const string AccountPasswordChanged = "account.password.changed";
    public const string AccountPasswordReset = "account.password.reset";
    public const string AccountProfileChanged = "account.profile.changed";
    public const string AccountLocked = "account.locked";
    public const string AccountUnlocked = "account.unlocked";
    public const string AccountDeleted = "account.deleted";
    public const string AccountSignedOutEverywhere = "account.signed-out-everywhere";
#pragma warning restore CS1591
}
