using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Roles;

/// <summary>The roles that members of an organization can have: those that the console brings and the organization's own.</summary>
public sealed class OrganizationRolesService(IDbContextFactory<ConsoleDbContext> databases, AccessControl access, ConsoleWriter writer)
{
    /// <summary>The built-in roles, largest first, then custom ones by name.</summary>
    public async Task<Result<IReadOnlyList<OrganizationRoleRow>>> ListAsync(Actor actor, Guid organizationId, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await RoleRules.RefuseToViewAsync(access, db, actor, RoleOwner.Of(organizationId), ct) is { } refusal)
        {
            return refusal;
        }

        var members = await db.Members.Where(member => member.OrganizationId == organizationId).GroupBy(member => member.RoleKey)
            .Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, ct);
        var custom = await db.OrganizationRoles.Where(role => role.OrganizationId == organizationId).OrderBy(role => role.NameFolded).AsNoTracking().ToListAsync(ct);
        OrganizationRoleRow[] rows =
        [
            .. OrganizationRole.All.Select(role => RowOf(role, null, members.GetValueOrDefault(role.Key))),
            .. custom.Select(role => RowOf(role.ToRole(), role, members.GetValueOrDefault(role.Key))),
        ];
        return rows;
    }

    /// <summary>One of them.</summary>
    public async Task<Result<OrganizationRoleRow>> GetAsync(Actor actor, Guid organizationId, string key, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await RoleRules.RefuseToViewAsync(access, db, actor, RoleOwner.Of(organizationId), ct) is { } refusal)
        {
            return refusal;
        }

        var members = await db.Members.CountAsync(member => member.OrganizationId == organizationId && member.RoleKey == key, ct);
        if (OrganizationRole.Find(key) is { } builtIn)
        {
            return RowOf(builtIn, null, members);
        }

        return await db.OrganizationRoles.AsNoTracking().FirstOrDefaultAsync(row => row.OrganizationId == organizationId && row.Key == key, ct) is { } role
            ? RowOf(role.ToRole(), role, members)
            : new NoSuchRole();
    }

    /// <summary>Makes a role and answers its stored name.</summary>
    public Task<Result<string>> CreateAsync(Actor actor, Guid organizationId, OrganizationRoleDraft draft, CancellationToken ct = default) =>
        writer.WriteAsync(actor, CommandTarget.InOwner(RoleOwner.Of(organizationId), AuditActions.OrganizationRoleCreated), command => CreateAsync(command, draft, ct), ct);

    /// <summary>Changes a role. In a dry run answers what that changes for the members who have it.</summary>
    /// <param name="actor">Who acts.</param>
    /// <param name="organizationId">The organization.</param>
    /// <param name="key">Stored name of the role.</param>
    /// <param name="draft">What it becomes.</param>
    /// <param name="version">The edit token under which it was read; null to save over what others did.</param>
    /// <param name="heir">Address of the member who becomes Admin of the projects that would have none; null for nobody.</param>
    /// <param name="ct">Ends the command.</param>
    public Task<Result<AccessChange>> ChangeAsync(
        Actor actor, Guid organizationId, string key, OrganizationRoleDraft draft, Guid? version, string? heir = null, CancellationToken ct = default) =>
        writer.WriteAccessAsync(
            actor, CommandTarget.InOwner(RoleOwner.Of(organizationId), AuditActions.OrganizationRoleChanged), command => ChangeAsync(command, (key, version), draft, heir, ct), ct);

    /// <summary>Deletes a role that no member has.</summary>
    public Task<Result> DeleteAsync(Actor actor, Guid organizationId, string key, Guid? version, CancellationToken ct = default) =>
        writer.WriteAsync(actor, CommandTarget.InOwner(RoleOwner.Of(organizationId), AuditActions.OrganizationRoleDeleted), async command =>
        {
            var (role, refusal) = await FindAsync(command, (key, version), ct);
            refusal ??= Refuse(command.Access, role!.ToRole());
            if (refusal is not null)
            {
                return refusal;
            }

            if (await command.Db.Members.CountAsync(member => member.OrganizationId == organizationId && member.RoleKey == key, ct) is > 0 and var members)
            {
                return new OrganizationRoleInUse(role!.Name, members);
            }

            command.Db.OrganizationRoles.Remove(role!);
            command.Audit(AuditActions.OrganizationRoleDeleted, ObjectOf(role!), StateOf(role!));
            return Result.Ok;
        }, ct);

    private static async Task<Result<string>> CreateAsync(Command command, OrganizationRoleDraft draft, CancellationToken ct)
    {
        var (chosen, refusal) = draft.Check();
        refusal ??= Refuse(command.Access, chosen!) ?? await TakenAsync(command, chosen!.Name, null, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        var organizationId = command.Organization.Id;
        if (await command.Db.OrganizationRoles.CountAsync(row => row.OrganizationId == organizationId, ct) >= RoleRules.Most)
        {
            return new TooManyRoles(RoleRules.Most);
        }

        var role = new CustomOrganizationRole(organizationId, command.NowUtc);
        role.Change(chosen!.Name, chosen.Description, chosen.Rights, chosen.InEveryProject, chosen.Ceiling);
        command.Db.OrganizationRoles.Add(role);
        command.Audit(AuditActions.OrganizationRoleCreated, ObjectOf(role), after: StateOf(role));
        return role.Key;
    }

    private static async Task<Result> ChangeAsync(Command command, (string Key, Guid? Version) edited, OrganizationRoleDraft draft, string? heir, CancellationToken ct)
    {
        var (role, refusal) = await FindAsync(command, edited, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        (var chosen, refusal) = draft.Check();
        refusal ??= Refuse(command.Access, role!.ToRole()) ?? Refuse(command.Access, chosen!) ?? await TakenAsync(command, chosen!.Name, role.Id, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        await NoteAffectedAsync(command, role!, ct);
        return await AdminSuccession.WithHeirAsync(command, heir, [], () =>
        {
            var before = StateOf(role!);
            role!.Change(chosen!.Name, chosen.Description, chosen.Rights, chosen.InEveryProject, chosen.Ceiling);
            command.Audit(AuditActions.OrganizationRoleChanged, ObjectOf(role), before, StateOf(role));
            return Task.CompletedTask;
        }, ct);
    }

    private static async Task NoteAffectedAsync(Command command, CustomOrganizationRole role, CancellationToken ct)
    {
        var (organizationId, key) = (role.OrganizationId, role.Key);
        var members = await command.Db.Members.Where(member => member.OrganizationId == organizationId && member.RoleKey == key)
            .Select(member => member.UserId).ToListAsync(ct);
        await command.AffectsAsync(members, ct);
    }

    private static Error? Refuse(EffectiveAccess actor, OrganizationRole role) => Refuse(actor, role.Rights, role.InEveryProject, role.Ceiling);

    private static Error? Refuse(EffectiveAccess actor, CheckedOrganizationRole role) =>
        Refuse(actor, role.Rights, role.InEveryProject?.Permissions ?? PermissionSet.Empty, role.Ceiling);

    // Whoever is under a ceiling could lift the own one otherwise.
    private static Error? Refuse(EffectiveAccess actor, PermissionSet rights, PermissionSet everywhere, PermissionSet ceiling) =>
        RoleRules.Exceeding(actor.Held, rights)
        ?? RoleRules.Exceeding(RoleRules.Own(actor), everywhere)
        ?? RoleRules.Exceeding(actor.RoleCeiling, ceiling);

    private static async Task<(CustomOrganizationRole? Role, Error? Refusal)> FindAsync(Command command, (string Key, Guid? Version) edited, CancellationToken ct)
    {
        var (organizationId, key) = (command.Organization.Id, edited.Key);
        var role = await command.Db.OrganizationRoles.FirstOrDefaultAsync(row => row.OrganizationId == organizationId && row.Key == key, ct);
        return role is null ? (null, new NoSuchRole())
            : edited.Version is { } version && version != role.Version ? (role, new Stale())
            : (role, null);
    }

    private static async Task<Error?> TakenAsync(Command command, string name, Guid? except, CancellationToken ct)
    {
        var (organizationId, folded) = (command.Organization.Id, TextRules.Fold(name));
        return await command.Db.OrganizationRoles.AnyAsync(row => row.OrganizationId == organizationId && row.NameFolded == folded && row.Id != except, ct)
            ? new Invalid(nameof(OrganizationRoleDraft.Name), RoleRules.Taken(name))
            : null;
    }

    private static OrganizationRoleRow RowOf(OrganizationRole role, CustomOrganizationRole? custom, int members) => new(
        role.Key, role.Title, role.Sentence, PermissionText.Of(role.Rights),
        custom is null ? ProjectRole.LargestIn(role.InEveryProject)?.Key : custom.InEveryProject, PermissionText.Of(role.Ceiling), members)
    {
        Version = custom?.Version,
    };

    private static AuditObject ObjectOf(CustomOrganizationRole role) => new("organization-role", role.Id, role.Name);

    private static object StateOf(CustomOrganizationRole role) =>
        new { role.Name, role.Description, Rights = role.RightNames, role.InEveryProject, Ceiling = role.CeilingNames };
}

/// <summary>One organization role.</summary>
/// <param name="Key">Stored name.</param>
/// <param name="Name">For people.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Rights">What it lets do in the organization, by name.</param>
/// <param name="InEveryProject">Stored name of the project role that its holders have everywhere; null for none.</param>
/// <param name="Ceiling">The most in any project, by name.</param>
/// <param name="Members">How many members have it.</param>
public sealed record OrganizationRoleRow(string Key, string Name, string Description, string Rights, string? InEveryProject, string Ceiling, int Members)
{
    /// <summary>The edit token; null for a built-in role.</summary>
    public Guid? Version { get; init; }

    /// <summary>Whether the console brings it.</summary>
    public bool IsBuiltIn => Version is null;

    /// <summary>What it lets do in the organization.</summary>
    public PermissionSet RightSet => PermissionText.Parse(Rights);

    /// <summary>The most in any project.</summary>
    public PermissionSet CeilingSet => PermissionText.Parse(Ceiling);
}
