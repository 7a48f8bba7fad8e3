using Microsoft.EntityFrameworkCore;

namespace ProjectConsole.Data;

/// <summary>Removes who is in a team that goes: in one statement, where saving them one by one takes as many as the team has people.</summary>
internal static class TeamRemoval
{
    /// <summary>Deletes them within the caller's transaction, which is to hold the organization's lock so that nobody joins meanwhile.</summary>
    public static Task DeletePeopleAsync(ConsoleDbContext db, Guid teamId, CancellationToken ct) =>
        db.Principals.Where(principal => principal.Id == teamId).ExecuteDeleteAsync(ct);
}
