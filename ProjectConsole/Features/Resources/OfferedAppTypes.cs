using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Resources;

namespace ProjectConsole.Features.Resources;

/// <summary>Reads what of a kind's choices the organization keeps.</summary>
internal static class OfferedAppTypes
{
    /// <summary>The app types of the organization; null, and nothing is read, for a kind that has none.</summary>
    public static async Task<IReadOnlyList<FieldChoice>?> OfAsync(ConsoleDbContext db, Guid organizationId, ResourceKind kind, CancellationToken ct) => kind.HasAppTypes
        ? AppTypeRules.Read(await db.Organizations.Where(organization => organization.Id == organizationId).Select(organization => organization.AppTypeText).FirstAsync(ct))
        : null;
}
