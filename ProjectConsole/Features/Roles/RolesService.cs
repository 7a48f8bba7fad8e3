using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Roles;

/// <summary>Writes the project roles that an organization or a project keeps for itself. Built-in roles never change.</summary>
public sealed class RolesService(ConsoleWriter writer, AccessControl access)
{
    /// <summary>Makes a role and answers its stored name.</summary>
    public Task<Result<string>> CreateAsync(Actor actor, RoleOwner owner, RoleDraft draft, CancellationToken ct = default) =>
        writer.WriteAsync(actor, CommandTarget.InOwner(owner, AuditActions.RoleCreated), command => CreateAsync(command, owner, draft, ct), ct);

    /// <summary>Gives a role other texts and permissions. In a dry run answers what that changes for those who hold it.</summary>
    /// <param name="actor">Who acts.</param>
    /// <param name="owner">Who keeps the role.</param>
    /// <param name="key">Its stored name.</param>
    /// <param name="draft">What it becomes; the role that it started from stays.</param>
    /// <param name="version">The edit token under which it was read; null to save over what others did.</param>
    /// <param name="heir">Address of the member who becomes Admin of the projects that would have none; null for nobody.</param>
    /// <param name="ct">Ends the command.</param>
    public Task<Result<AccessChange>> ChangeAsync(
        Actor actor, RoleOwner owner, string key, RoleDraft draft, Guid? version, string? heir = null, CancellationToken ct = default) =>
        writer.WriteAccessAsync(actor, CommandTarget.InOwner(owner, AuditActions.RoleChanged), command => ChangeAsync(command, owner, (key, version), draft, heir, ct), ct);

    /// <summary>Deletes a role that nobody holds.</summary>
    public Task<Result> DeleteAsync(Actor actor, RoleOwner owner, string key, Guid? version, CancellationToken ct = default) =>
        writer.WriteAsync(actor, CommandTarget.InOwner(owner, AuditActions.RoleDeleted), async command =>
        {
            var (role, refusal) = await FindAsync(command, owner, (key, version), ct);
            refusal ??= RoleRules.Exceeding(RoleRules.Own(command.Access), role!.Permissions) ?? await InUseAsync(command, role, ct);
            if (refusal is not null)
            {
                return refusal;
            }

            command.Db.ProjectRoles.Remove(role!);
            command.Audit(AuditActions.RoleDeleted, ObjectOf(role!), StateOf(role!));
            return Result.Ok;
        }, ct);

    private static async Task<Result<string>> CreateAsync(Command command, RoleOwner owner, RoleDraft draft, CancellationToken ct)
    {
        var (chosen, refusal) = draft.Check();
        refusal ??= RoleRules.Exceeding(RoleRules.Own(command.Access), chosen!.Permissions) ?? await TakenAsync(command, owner, chosen.Name, null, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        var ownerId = owner.Id;
        if (await command.Db.ProjectRoles.CountAsync(row => row.OwnerId == ownerId, ct) >= RoleRules.Most)
        {
            return new TooManyRoles(RoleRules.Most);
        }

        var role = new CustomProjectRole(owner.OrganizationId, owner.ProjectId, chosen!.BasedOn, command.NowUtc);
        role.Change(chosen.Name, chosen.Description, chosen.Permissions);
        command.Db.ProjectRoles.Add(role);
        command.Audit(AuditActions.RoleCreated, ObjectOf(role), after: StateOf(role));
        return role.Key;
    }

    private static async Task<Result> ChangeAsync(
        Command command, RoleOwner owner, (string Key, Guid? Version) edited, RoleDraft draft, string? heir, CancellationToken ct)
    {
        var (role, refusal) = await FindAsync(command, owner, edited, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        (var chosen, refusal) = (draft with { BasedOn = role!.BasedOn }).Check();
        if (refusal is not null)
        {
            return refusal;
        }

        var (organizationId, key) = (owner.OrganizationId, role.Key);
        var grants = command.Db.Grants.Where(grant => grant.OrganizationId == organizationId && grant.RoleKey == key);
        // Changing a role that others hold gives and takes as much as changing their grants would.
        var touched = role.Permissions | chosen!.Permissions;
        refusal = (await grants.AnyAsync(ct) ? RoleRules.ExceedingForGood(command.Access, touched) : RoleRules.Exceeding(RoleRules.Own(command.Access), touched))
            ?? await TakenAsync(command, owner, chosen.Name, role.Id, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        await command.AffectsAsync(grants, ct);
        return await AdminSuccession.WithHeirAsync(command, heir, [], () =>
        {
            var before = StateOf(role);
            role.Change(chosen.Name, chosen.Description, chosen.Permissions);
            command.Audit(AuditActions.RoleChanged, ObjectOf(role), before, StateOf(role));
            return Task.CompletedTask;
        }, ct);
    }

    // Keyed by the owner, so that another project's or organization's role is none here.
    private static async Task<(CustomProjectRole? Role, Error? Refusal)> FindAsync(
        Command command, RoleOwner owner, (string Key, Guid? Version) edited, CancellationToken ct)
    {
        var (organizationId, ownerId, key) = (owner.OrganizationId, owner.Id, edited.Key);
        var role = await command.Db.ProjectRoles.FirstOrDefaultAsync(
            row => row.OrganizationId == organizationId && row.OwnerId == ownerId && row.Key == key, ct);
        return role is null ? (null, new NoSuchRole())
            : edited.Version is { } version && version != role.Version ? (role, new Stale())
            : (role, null);
    }

    // A project uses the organization's roles too, and two of one name could not be told apart.
    private static async Task<Error?> TakenAsync(Command command, RoleOwner owner, string name, Guid? except, CancellationToken ct)
    {
        var (organizationId, ownerId, folded) = (owner.OrganizationId, owner.Id, TextRules.Fold(name));
        return await command.Db.ProjectRoles.AnyAsync(
            row => row.OrganizationId == organizationId && (row.OwnerId == ownerId || row.ProjectId == null) && row.NameFolded == folded && row.Id != except, ct)
            ? new Invalid(nameof(RoleDraft.Name), RoleRules.Taken(name))
            : null;
    }

    private async Task<Error?> InUseAsync(Command command, CustomProjectRole role, CancellationToken ct)
    {
        var (db, organizationId, key) = (command.Db, role.OrganizationId, role.Key);
        var grants = db.Grants.Where(grant => grant.OrganizationId == organizationId && grant.RoleKey == key);
        if (await grants.CountAsync(ct) is > 0 and var holders)
        {
            return new RoleInUse(role.Name, holders, await GrantPlaces.NamesAsync(access, command, grants, ct));
        }

        return await db.Assertions.AnyAsync(assertion => assertion.OrganizationId == organizationId && assertion.RoleKey == key, ct)
            ? new RoleInAssertion(role.Name)
            : null;
    }

    private static AuditObject ObjectOf(CustomProjectRole role) => new("role", role.Id, role.Name);

    private static object StateOf(CustomProjectRole role) => new { role.Name, role.Description, Permissions = role.PermissionNames };
}
