using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Data.Providers;
using ProjectConsole.Shared;

namespace ProjectConsole.Security;

/// <summary>
/// Takes the locks with which a command begins: the organization's row, then a personal space's, then the projects' in the order of
/// their ids. A shared lock is never upgraded, so no two commands wait for each other.
/// </summary>
public sealed class CommandLocks(DatabaseProvider provider)
{
    /// <summary>Takes them within the command's transaction.</summary>
    internal async Task TakeAsync(ConsoleDbContext db, Actor actor, CommandTarget target, DateTime nowUtc, CancellationToken ct)
    {
        if (target.OrganizationId is not { } organizationId)
        {
            // One command of the installation at a time: two administrators who lock each other must not both pass the decision.
            await db.Installation.ExecuteUpdateAsync(set => set.SetProperty(row => row.SetUpUtc, row => row.SetUpUtc), ct);
            return;
        }

        await OrganizationAsync(db, organizationId, target.OrganizationLock, ct);
        if (target.PersonalSpaceId is { } spaceId)
        {
            await PersonalSpaceAsync(db, organizationId, actor.UserId, spaceId, ct);
        }

        foreach (var (projectId, hold) in target.LockedProjects)
        {
            await ProjectAsync(db, new ProjectScope(organizationId, projectId), hold, nowUtc, ct);
        }
    }

    private async Task OrganizationAsync(ConsoleDbContext db, Guid organizationId, CommandLock asked, CancellationToken ct)
    {
        switch (asked)
        {
            case CommandLock.Shared:
                await provider.LockSharedAsync(db, LockedTable.Organizations, organizationId, ct);
                break;
            case CommandLock.Exclusive:
                await provider.LockExclusiveAsync(db, LockedTable.Organizations, organizationId, ct);
                break;
            case CommandLock.Access:
                await db.Organizations.Where(organization => organization.Id == organizationId)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.AccessVersion, row => row.AccessVersion + 1), ct);
                break;
        }
    }

    // The space's row is written with its first resource, and until then its member's row stands for it. Membership ends and begins
    // only under the organization's exclusive lock, so that a person's own commands and those of others here never mix.
    private static async Task PersonalSpaceAsync(ConsoleDbContext db, Guid organizationId, Guid userId, Guid spaceId, CancellationToken ct)
    {
        await db.Members.Where(member => member.OrganizationId == organizationId && member.UserId == userId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.RoleKey, row => row.RoleKey), ct);
        await db.PersonalSpaces.Where(space => space.OrganizationId == organizationId && space.Id == spaceId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.UserName, row => row.UserName), ct);
    }

    // Updating the row is the exclusive lock.
    private async Task ProjectAsync(ConsoleDbContext db, ProjectScope scope, CommandLock asked, DateTime nowUtc, CancellationToken ct)
    {
        var (organizationId, projectId) = scope;
        switch (asked)
        {
            case CommandLock.Shared:
                await provider.LockSharedAsync(db, LockedTable.Projects, projectId, ct);
                break;
            case CommandLock.Exclusive:
                // In SQL: EF Core takes longer to look up the expression of an update than the database to carry it out.
                await db.Database.ExecuteSqlAsync(
                    $"""UPDATE "Projects" SET "LastActivityUtc" = {UtcConverter.ToStored(nowUtc)} WHERE "OrganizationId" = {organizationId} AND "Id" = {projectId}""", ct);
                break;
            case CommandLock.Access:
                await db.Projects.Where(project => project.OrganizationId == organizationId && project.Id == projectId).ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.LastActivityUtc, nowUtc).SetProperty(row => row.AccessVersion, row => row.AccessVersion + 1), ct);
                break;
        }
    }
}
