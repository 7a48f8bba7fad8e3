using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Data.Limits;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Resources;

namespace ProjectConsole.Security;

/// <summary>Keeps note of whether the person of a personal space belongs to the organization: what is in it is kept for a while.</summary>
internal static class MemberSpaces
{
    /// <summary>A person leaves an organization, or all of them. What projects have from the person's space ends, and what runs in it stops: nobody else could stop it.</summary>
    /// <param name="command">The command that ends the membership.</param>
    /// <param name="ledger">Takes back what ran there used.</param>
    /// <param name="userId">Who leaves.</param>
    /// <param name="organizationId">The organization; null for all.</param>
    /// <param name="ct">Ends the command.</param>
    public static async Task LeaveAsync(Command command, UsageLedger ledger, Guid userId, Guid? organizationId, CancellationToken ct)
    {
        var spaces = await command.Db.PersonalSpaces
            .Where(space => space.UserId == userId && space.LeftUtc == null && (organizationId == null || space.OrganizationId == organizationId)).ToListAsync(ct);
        foreach (var space in spaces)
        {
            space.Leave(command.NowUtc);
            await StopAsync(command, ledger, space, ct);
        }

        if (spaces.Count == 0)
        {
            return;
        }

        var granted = await (from share in Granted(command.Db, userId, organizationId)
                             join resource in command.Db.Resources on share.ResourceId equals resource.Id
                             select new { share, resource.Kind, resource.Name }).ToListAsync(ct);
        foreach (var row in granted)
        {
            row.share.Enter(ShareState.Ended, command.Actor.Name, command.NowUtc);
            command.AuditIn(
                row.share.OrganizationId, row.share.ToProjectId, AuditActions.ShareEnded, new AuditObject(row.Kind, row.share.ResourceId, row.Name), null,
                row.share.Trace(row.Kind, spaces.Find(space => space.Id == row.share.FromOwnerId)!.UserName));
        }

        if (granted.Count > 0)
        {
            command.Note(granted.Count == 1
                ? "Ends 1 share of the personal space: its project can no longer use what it was given."
                : $"Ends {granted.Count:N0} shares of the personal space: their projects can no longer use what they were given.");
        }
    }

    /// <summary>The shares that end when a person leaves an organization, or all of them: what projects have or are offered from the person's spaces.</summary>
    public static IQueryable<ResourceShare> Granted(ConsoleDbContext db, Guid userId, Guid? organizationId) =>
        from space in db.PersonalSpaces.Where(space => space.UserId == userId && space.LeftUtc == null && (organizationId == null || space.OrganizationId == organizationId))
        join share in db.ResourceShares.Where(share => share.State == ShareState.Pending || share.State == ShareState.Accepted) on space.Id equals share.FromOwnerId
        select share;

    /// <summary>People come into an organization; whoever was there before finds what is still kept.</summary>
    public static async Task ReturnAsync(Command command, Guid organizationId, IReadOnlyCollection<Guid> userIds, CancellationToken ct)
    {
        foreach (var space in await command.Db.PersonalSpaces
            .Where(space => space.OrganizationId == organizationId && userIds.Contains(space.UserId) && space.LeftUtc != null).ToListAsync(ct))
        {
            space.Return();
        }
    }

    private static async Task StopAsync(Command command, UsageLedger ledger, PersonalSpace space, CancellationToken ct)
    {
        var stopped = await ResourceStops.StopAsync(command.Db, ledger, ResourceOwner.Of(space), command.Actor.Name, "because its owner left", command.NowUtc, ct);
        foreach (var resource in stopped)
        {
            command.AuditIn(
                space.OrganizationId, null, AuditActions.ResourceOperated, new AuditObject(resource.Kind, resource.Id, resource.Name), null,
                new { resource.State, Owner = space.UserName });
        }

        if (stopped.Count > 0)
        {
            command.Note(stopped.Count == 1 ? "Stops 1 resource that runs in the personal space." : $"Stops {stopped.Count:N0} resources that run in the personal space.");
        }
    }
}
