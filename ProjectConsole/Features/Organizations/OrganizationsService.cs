using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Organizations;

/// <summary>The organizations of a person: list, create, delete, restore.</summary>
public sealed class OrganizationsService(
    IDbContextFactory<ConsoleDbContext> databases, AccessControl access, ConsoleWriter writer, TimeProvider clock)
{
    /// <summary>Projects that a new organization may have, its Default Project included.</summary>
    public const int FirstAllowance = 1;

    private const string SlugWord = "Organization ID";

    /// <summary>The organizations that the actor may enter, and the deleted ones that the actor may restore, by name.</summary>
    public async Task<IReadOnlyList<MyOrganization>> MineAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var earliest = clock.GetUtcNow().UtcDateTime - Organization.RestorableFor;
        var (userId, ownerKey) = (actor.UserId, OrganizationRole.Owner.Key);
        var restores = actor.Credential?.Permissions.Contains(Permissions.OrganizationDelete) != false;
        var enterable = access.EnterableOrganizations(db, actor);
        var rows = await (from organization in db.Organizations
                          where enterable.Contains(organization.Id)
                              || (restores && organization.DeletedUtc > earliest && db.Users.Any(user => user.Id == userId && user.LockedUtc == null)
                                  && db.Members.Any(member => member.OrganizationId == organization.Id && member.UserId == userId && member.RoleKey == ownerKey))
                          orderby organization.SearchText
                          select new
                          {
                              organization.Id,
                              organization.Slug,
                              organization.Name,
                              organization.DeletedUtc,
                              organization.CreatedUtc,
                              RoleKey = db.Members.Where(member => member.OrganizationId == organization.Id && member.UserId == userId)
                                  .Select(member => member.RoleKey).FirstOrDefault(),
                              RoleName = (from member in db.Members.Where(member => member.OrganizationId == organization.Id && member.UserId == userId)
                                          join custom in db.OrganizationRoles on member.RoleKey equals custom.Key
                                          select custom.Name).FirstOrDefault(),
                          }).AsNoTracking().ToListAsync(ct);
        return [.. rows.Select(row => new MyOrganization(
            row.Id, row.Slug, row.Name, OrganizationRole.Find(row.RoleKey)?.Title ?? row.RoleName ?? MemberRow.ExternalTitle, row.CreatedUtc,
            row.DeletedUtc + Organization.RestorableFor))];
    }

    /// <summary>Whether the actor may create organizations.</summary>
    public async Task<bool> MayCreateAsync(Actor actor, CancellationToken ct = default) =>
        (await access.InInstallationAsync(actor, ct)).May(Permissions.OrganizationsCreate);

    /// <summary>Creates an organization with its Default Project and workspace; the actor becomes its Owner. Answers its slug.</summary>
    public Task<Result<string>> CreateAsync(Actor actor, NewOrganization typed, CancellationToken ct = default) => writer.WriteAsync(
        actor,
        CommandTarget.InInstallation(Permissions.OrganizationsCreate, AuditActions.OrganizationCreated),
        async command => await CreateAsync(command, typed, ct),
        ct);

    /// <summary>The sentence for what is wrong with an Organization ID as typed, taken ones included; null where it is free.</summary>
    public async Task<string?> SlugErrorAsync(Actor actor, string typed, CancellationToken ct = default)
    {
        var slug = Slug.Clean(typed);
        if (Slug.Error(slug, SlugWord) is { } error)
        {
            return error;
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        var installation = await access.InInstallationAsync(db, actor);
        return installation.May(Permissions.OrganizationsCreate) ? await TakenAsync(db, slug, ct) : null;
    }

    /// <summary>Ends the organization for everybody at once. Its Owners can restore it.</summary>
    /// <param name="actor">Who acts: an Owner.</param>
    /// <param name="organizationId">The organization.</param>
    /// <param name="typedSlug">What the person typed to confirm.</param>
    /// <param name="ct">Ends the command.</param>
    public Task<Result> DeleteAsync(Actor actor, Guid organizationId, string typedSlug, CancellationToken ct = default) => writer.WriteAsync(
        actor,
        CommandTarget.InOrganization(organizationId, Permissions.OrganizationDelete, AuditActions.OrganizationDeleted, CommandLock.Access),
        async command =>
        {
            var organization = await command.Db.Organizations.FirstAsync(row => row.Id == organizationId, ct);
            if (Slug.Clean(typedSlug) != organization.Slug)
            {
                return new Invalid(nameof(NewOrganization.Slug), $"Type {organization.Slug} to confirm.");
            }

            if (organization.IsDeleted)
            {
                return Result.Ok;
            }

            organization.Delete(command.NowUtc);
            command.Audit(AuditActions.OrganizationDeleted, ObjectOf(organization));
            return Result.Ok;
        },
        ct);

    /// <summary>Brings a deleted organization back as it was.</summary>
    public Task<Result> RestoreAsync(Actor actor, Guid organizationId, CancellationToken ct = default) => writer.WriteAsync(
        actor,
        CommandTarget.InOrganization(organizationId, Permissions.OrganizationDelete, AuditActions.OrganizationRestored, CommandLock.Access),
        async command =>
        {
            var organization = await command.Db.Organizations.FirstAsync(row => row.Id == organizationId, ct);
            if (!organization.IsDeleted)
            {
                return new NotDeleted(organization.Name);
            }

            if (command.NowUtc >= organization.RestorableUntilUtc)
            {
                return new OrganizationRestoreTooLate(organization.Name);
            }

            organization.Restore();
            command.Audit(AuditActions.OrganizationRestored, ObjectOf(organization));
            return Result.Ok;
        },
        ct);

    internal static AuditObject ObjectOf(Organization organization) => new("organization", organization.Id, organization.Name);

    private static async Task<Result<string>> CreateAsync(Command command, NewOrganization typed, CancellationToken ct)
    {
        var (name, slug) = (TextRules.Clean(typed.Name), Slug.Clean(typed.Slug));
        var errors = new List<FieldError>();
        if (TextRules.NameError(name, "Organization name", OrganizationSettings.LongestName) is { } nameError)
        {
            errors.Add(new(nameof(typed.Name), nameError));
        }

        if ((Slug.Error(slug, SlugWord) ?? await TakenAsync(command.Db, slug, ct)) is { } slugError)
        {
            errors.Add(new(nameof(typed.Slug), slugError));
        }

        if (errors.Count > 0)
        {
            return new Invalid(errors);
        }

        OrganizationCreation.Add(command.Db, command.Actor, command.Actor.UserId, slug, name, FirstAllowance, command.NowUtc);
        return slug;
    }

    // Deleted organizations count: an id that comes back would let old links reach another organization.
    private static async Task<string?> TakenAsync(ConsoleDbContext db, string slug, CancellationToken ct)
    {
        var folded = Slug.Fold(slug);
        return await db.Organizations.AnyAsync(organization => organization.Slug.Replace("_", "-") == folded, ct)
            ? $"{slug} is taken. Hyphens and underscores count as equal."
            : null;
    }
}

/// <summary>One organization of a person.</summary>
/// <param name="Id">The organization.</param>
/// <param name="Slug">Its Organization ID.</param>
/// <param name="Name">Its name.</param>
/// <param name="Role">Title of the person's role there, or External.</param>
/// <param name="CreatedUtc">Since when.</param>
/// <param name="RestorableUntilUtc">Of a deleted one, until when it can be restored; null while it lives.</param>
public sealed record MyOrganization(Guid Id, string Slug, string Name, string Role, DateTime CreatedUtc, DateTime? RestorableUntilUtc)
{
    /// <summary>Whether it is deleted.</summary>
    public bool IsDeleted => RestorableUntilUtc is not null;
}

/// <summary>What a person typed to create an organization.</summary>
public sealed record NewOrganization(string Name, string Slug);
