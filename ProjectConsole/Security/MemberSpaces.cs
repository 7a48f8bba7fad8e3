using Microsoft.EntityFrameworkCore;

namespace ProjectConsole.Security;

/// <summary>Keeps note of whether the person of a personal space belongs to the organization: what is in it is kept for a while.</summary>
internal static class MemberSpaces
{
    /// <summary>A person leaves an organization, or all of them.</summary>
    /// <param name="command">The command that ends the membership.</param>
    /// <param name="userId">Who leaves.</param>
    /// <param name="organizationId">The organization; null for all.</param>
    /// <param name="ct">Ends the command.</param>
    public static async Task LeaveAsync(Command command, Guid userId, Guid? organizationId, CancellationToken ct)
    {
        foreach (var space in await command.Db.PersonalSpaces
            .Where(space => space.UserId == userId && (organizationId == null || space.OrganizationId == organizationId)).ToListAsync(ct))
        {
            space.Leave(command.NowUtc);
        }
    }

    /// <summary>People come into an organization; whoever was there before finds what is still kept.</summary>
    public static async Task ReturnAsync(Command command, Guid organizationId, IReadOnlyCollection<Guid> userIds, CancellationToken ct)
    {
        foreach (var space in await command.Db.PersonalSpaces
            .Where(space => space.OrganizationId == organizationId && userIds.Contains(space.UserId) && space.LeftUtc != null).ToListAsync(ct))
        {
            space.Return();
        }
    }
}
