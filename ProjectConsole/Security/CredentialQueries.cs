using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;

namespace ProjectConsole.Security;

/// <summary>
/// The compiled queries behind keys and tokens: a key is looked up with its project and organization, so that nothing else is read
/// to decide. One instance per host, because a compiled query is bound to one provider's model.
/// </summary>
public sealed class CredentialQueries
{
    private readonly Func<ConsoleDbContext, Guid, Task<KeyRow?>> _key = EF.CompileAsyncQuery(
        (ConsoleDbContext db, Guid id) =>
            (from key in db.ProjectKeys.Where(key => key.Id == id)
             join project in db.Projects on key.ProjectId equals project.Id
             join organization in db.Organizations on key.OrganizationId equals organization.Id
             join workspace in db.Workspaces on project.WorkspaceId equals workspace.Id
             select new KeyRow
             {
                 Id = key.Id,
                 Name = key.Name,
                 PermissionNames = key.PermissionNames,
                 SecretHash = key.SecretHash,
                 FormerHash = key.FormerHash,
                 FormerUntilUtc = key.FormerUntilUtc,
                 ExpiresUtc = key.ExpiresUtc,
                 RevokedUtc = key.RevokedUtc,
                 IsOfOutsider = key.IsOfOutsider,
                 LastUsedUtc = key.LastUsedUtc,
                 OrganizationId = organization.Id,
                 OrganizationSlug = organization.Slug,
                 OrganizationName = organization.Name,
                 OrganizationDeletedUtc = organization.DeletedUtc,
                 OrganizationVersion = organization.AccessVersion,
                 ProjectId = project.Id,
                 ProjectSlug = project.Slug,
                 ProjectName = project.Name,
                 State = project.State,
                 IsDefault = project.IsDefault,
                 SuspendedByOrganization = project.SuspendedByOrganization,
                 ProjectVersion = project.AccessVersion,
                 WorkspaceId = workspace.Id,
                 WorkspaceSlug = workspace.Slug,
                 WorkspaceName = workspace.Name,
             }).FirstOrDefault());

    private readonly Func<ConsoleDbContext, Guid, Task<TokenRow?>> _token = EF.CompileAsyncQuery(
        (ConsoleDbContext db, Guid id) =>
            (from token in db.PersonalTokens.Where(token => token.Id == id)
             join user in db.Users on token.UserId equals user.Id
             select new TokenRow
             {
                 Id = token.Id,
                 Name = token.Name,
                 PermissionNames = token.PermissionNames,
                 SecretHash = token.SecretHash,
                 FormerHash = token.FormerHash,
                 FormerUntilUtc = token.FormerUntilUtc,
                 ExpiresUtc = token.ExpiresUtc,
                 RevokedUtc = token.RevokedUtc,
                 LastUsedUtc = token.LastUsedUtc,
                 UserId = user.Id,
                 Email = user.Email!,
                 LockedUtc = user.LockedUtc,
             }).FirstOrDefault());

    internal Task<KeyRow?> KeyAsync(ConsoleDbContext db, Guid id) => _key(db, id);

    internal Task<TokenRow?> TokenAsync(ConsoleDbContext db, Guid id) => _token(db, id);
}
