using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Installation;

/// <summary>All organizations of the installation and their allowances. Gives no access inside them.</summary>
public sealed class InstallationOrganizations(IDbContextFactory<ConsoleDbContext> databases, AccessControl access, ConsoleWriter writer)
{
    private const int OwnersShown = 3;

    /// <summary>One page of organizations by name, deleted ones included.</summary>
    public async Task<Result<Page<InstallationOrganization>>> ListAsync(Actor actor, string? search, PageRequest page, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (AccessRefusal.InInstallation(await access.InInstallationAsync(db, actor), Permissions.InstallationManage) is { } refusal)
        {
            return refusal;
        }

        var pattern = TextRules.LikePattern(TextRules.Fold(TextRules.Clean(search)));
        var matching = db.Organizations.Where(organization => EF.Functions.Like(organization.SearchText, pattern, @"\"));
        var total = await matching.CountAsync(ct);
        var rows = await matching.OrderBy(organization => organization.SearchText).ThenBy(organization => organization.Id)
            .Skip(page.Skip).Take(page.Size)
            .Select(organization => new
            {
                Organization = organization,
                Used = db.Projects.Count(project => project.OrganizationId == organization.Id && project.State != ProjectState.Deleted),
            }).AsNoTracking().ToListAsync(ct);
        var owners = await OwnersAsync(db, rows.ConvertAll(row => row.Organization.Id), ct);
        return new Page<InstallationOrganization>(
            [.. rows.Select(row => Shown(row.Organization, row.Used, [.. owners[row.Organization.Id]]))], total, page.Number, page.Size);
    }

    /// <summary>Sets the most projects that an organization may have; null for no allowance. Those above it stay.</summary>
    public Task<Result> SetAllowanceAsync(Actor actor, Guid organizationId, int? projects, CancellationToken ct = default) => writer.WriteAsync(
        actor,
        CommandTarget.InInstallation(Permissions.InstallationManage, AuditActions.AllowanceChanged),
        async command =>
        {
            if (AllowanceRules.Error(projects) is { } error)
            {
                return new Invalid("Allowance", error);
            }

            if (await command.Db.Organizations.FirstOrDefaultAsync(row => row.Id == organizationId, ct) is not { } organization)
            {
                return new NotFound();
            }

            AllowanceRules.Allow(command, organization, projects);
            return Result.Ok;
        },
        ct);

    private static async Task<ILookup<Guid, string>> OwnersAsync(ConsoleDbContext db, List<Guid> organizationIds, CancellationToken ct)
    {
        var ownerKey = OrganizationRole.Owner.Key;
        var owners = await (from member in db.Members
                            where organizationIds.Contains(member.OrganizationId) && member.RoleKey == ownerKey
                            join user in db.Users on member.UserId equals user.Id
                            orderby member.JoinedUtc, user.NormalizedEmail
                            select new { member.OrganizationId, user.Email }).ToListAsync(ct);
        return owners.ToLookup(owner => owner.OrganizationId, owner => owner.Email ?? "");
    }

    private static InstallationOrganization Shown(Organization organization, int used, List<string> owners) => new(
        organization.Id, organization.Slug, organization.Name, [.. owners.Take(OwnersShown)], owners.Count, used, organization.ProjectAllowance,
        organization.CreatedUtc, organization.IsDeleted);
}

/// <summary>One organization as its installation's administrator sees it.</summary>
/// <param name="Id">The organization.</param>
/// <param name="Slug">Its Organization ID.</param>
/// <param name="Name">Its name.</param>
/// <param name="Owners">Addresses of the first few Owners.</param>
/// <param name="OwnerCount">How many Owners it has.</param>
/// <param name="Used">Projects, deleted ones not counted.</param>
/// <param name="Allowance">The most projects; null for no allowance.</param>
/// <param name="CreatedUtc">Since when.</param>
/// <param name="IsDeleted">Deleted and restorable by its Owners.</param>
public sealed record InstallationOrganization(
    Guid Id, string Slug, string Name, IReadOnlyList<string> Owners, int OwnerCount, int Used, int? Allowance, DateTime CreatedUtc, bool IsDeleted);
