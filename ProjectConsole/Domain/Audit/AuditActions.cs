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
    public const string TeamCreated = "organization.team.created";
    public const string TeamChanged = "organization.team.changed";
    public const string TeamDeleted = "organization.team.deleted";
    public const string TeamMembersAdded = "organization.team.members-added";
    public const string TeamMemberRemoved = "organization.team.member-removed";
    public const string WorkspaceCreated = "workspace.created";
    public const string WorkspaceRenamed = "workspace.renamed";
    public const string WorkspaceGrantAdded = "workspace.grant.added";
    public const string WorkspaceGrantChanged = "workspace.grant.changed";
    public const string WorkspaceGrantRemoved = "workspace.grant.removed";
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
    public const string CollaboratorExpiryChanged = "project.collaborator.expiry-changed";
    public const string CollaboratorRestricted = "project.collaborator.restriction-changed";
    public const string CollaboratorRaised = "project.collaborator.raised";
    public const string CollaboratorRaiseEnded = "project.collaborator.raise-ended";
    public const string CollaboratorRemoved = "project.collaborator.removed";
    public const string CollaboratorTeamGrew = "project.collaborator.team-grew";
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
