using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Reviews;

/// <summary>Who is told what happens in a project by itself, and in whose name the program acts there.</summary>
internal static class ProjectAdmins
{
    private const int Most = 50;

    /// <summary>Addresses of the project's Admins by a grant, or else of the Owners of the organization.</summary>
    public static async Task<IReadOnlyList<string>> AddressesAsync(ConsoleDbContext db, ProjectScope project, DateTime nowUtc, CancellationToken ct)
    {
        var (organizationId, projectId) = project;
        var giving = await GivingRoles.FindAsync(db, organizationId, Permissions.CollaboratorsManageAdmins, ct);
        var admins = from grant in giving.Grants(db, organizationId, nowUtc).Where(grant => grant.ProjectId == projectId)
                     join principal in db.Principals on grant.PrincipalId equals principal.Id
                     join member in db.Members.Where(member => member.OrganizationId == organizationId && giving.Admitting.Contains(member.RoleKey))
                        on principal.UserId equals member.UserId
                     select principal.UserId;
        var found = await EmailsAsync(db, admins, ct);
        return found.Count > 0 ? found : await OwnersAsync(db, organizationId, ct);
    }

    /// <summary>Addresses of the Owners of an organization.</summary>
    public static async Task<IReadOnlyList<string>> OwnersAsync(ConsoleDbContext db, Guid organizationId, CancellationToken ct) =>
        await EmailsAsync(db, Owners(db, organizationId), ct);

    /// <summary>
    /// The program, deciding with the rights of an active Owner: what an organization set up in advance is done whoever of
    /// those who set it up is still there. Null while the organization has no active Owner.
    /// </summary>
    public static async Task<Actor?> SystemAsync(ConsoleDbContext db, Guid organizationId, CancellationToken ct)
    {
        var owner = await (from user in db.Users
                           where user.LockedUtc == null && Owners(db, organizationId).Contains(user.Id)
                           orderby user.CreatedUtc, user.NormalizedEmail
                           select (Guid?)user.Id).FirstOrDefaultAsync(ct);
        return owner is { } id ? Actor.System with { UserId = id } : null;
    }

    private static IQueryable<Guid> Owners(ConsoleDbContext db, Guid organizationId) =>
        db.Members.Where(member => member.OrganizationId == organizationId && member.RoleKey == OrganizationRole.Owner.Key).Select(member => member.UserId);

    private static Task<List<string>> EmailsAsync(ConsoleDbContext db, IQueryable<Guid> people, CancellationToken ct) =>
        db.Users.Where(user => user.LockedUtc == null && people.Contains(user.Id)).OrderBy(user => user.NormalizedEmail).Select(user => user.Email ?? "").Take(Most).ToListAsync(ct);
}
