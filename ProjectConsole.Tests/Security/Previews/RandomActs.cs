using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Features.Projects;
using ProjectConsole.Features.Restrictions;
using ProjectConsole.Features.Roles;
using ProjectConsole.Features.Teams;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Security.Previews;

/// <summary>One act, dry or for real, as the actor that it is given asks for it.</summary>
internal delegate Task<Result<AccessChange>> RandomAct(Actor actor);

/// <summary>Every kind of command that changes who may do what in projects, with targets taken at random.</summary>
internal sealed class RandomActs(TestDatabase database)
{
    private readonly CollaboratorsService _collaborators = database.Get<CollaboratorsService>();
    private readonly UpgradeService _upgrades = database.Get<UpgradeService>();
    private readonly BulkService _bulk = database.Get<BulkService>();
    private readonly TeamsService _teams = database.Get<TeamsService>();
    private readonly RolesService _roles = database.Get<RolesService>();
    private readonly OrganizationRolesService _organizationRoles = database.Get<OrganizationRolesService>();
    private readonly RestrictionsService _restrictions = database.Get<RestrictionsService>();
    private readonly WorkspaceGrantsService _workspaceGrants = database.Get<WorkspaceGrantsService>();
    private readonly WorkspacesService _workspaces = database.Get<WorkspacesService>();
    private readonly MembersService _members = database.Get<MembersService>();
    private readonly ProjectLifeService _life = database.Get<ProjectLifeService>();
    private readonly OrganizationSettingsService _settings = database.Get<OrganizationSettingsService>();

    /// <summary>The kinds that need not change anybody's access at once: roles are deleted where nobody has them, and an end is still to come.</summary>
    public static IReadOnlyList<string> Harmless { get; } = ["project role deleted", "organization role deleted", "expiry changed"];

    /// <summary>Each kind by its name.</summary>
    public IReadOnlyDictionary<string, Func<Holdings, RandomAct>> Kinds => new Dictionary<string, Func<Holdings, RandomAct>>
    {
        ["added"] = Added,
        ["removed"] = Removed,
        ["left"] = held => actor => _collaborators.LeaveAsync(actor, held.GrantedTo(actor.UserId)),
        ["role changed"] = RoleChanged,
        ["expiry changed"] = ExpiryChanged,
        ["raised"] = Raised,
        ["raise ended"] = held => held.Granted(isUpgrade: true) is var (scope, principal) ? actor => _upgrades.EndAsync(actor, scope, new UpgradeEnd(principal)) : null!,
        ["restricted"] = Restricted,
        ["several changed"] = Several,
        ["copied"] = Copied,
        ["restriction edited"] = RestrictionEdited,
        ["restriction deleted"] = RestrictionDeleted,
        ["project role edited"] = RoleEdited,
        ["project role deleted"] = RoleDeleted,
        ["organization role edited"] = OrganizationRoleEdited,
        ["organization role deleted"] = OrganizationRoleDeleted,
        ["team person added"] = TeamPersonAdded,
        ["team person removed"] = TeamPersonRemoved,
        ["team deleted"] = TeamDeleted,
        ["workspace grant added"] = WorkspaceGrantAdded,
        ["workspace grant changed"] = WorkspaceGrantChanged,
        ["workspace grant removed"] = WorkspaceGrantRemoved,
        ["project moved"] = Moved,
        ["member role changed"] = MemberRoleChanged,
        ["member removed"] = MemberRemoved,
        ["organization left"] = held => actor => _members.LeaveAsync(actor, held.OrganizationId),
        ["suspended"] = held => held.Scope(held.ProjectIn(ProjectState.Active)) is var scope
            ? async actor => actor.DryRun ? await _life.PreviewSuspendAsync(actor, scope) : Done(await _life.SuspendAsync(actor, scope)) : null!,
        ["activated"] = held => held.Scope(held.ProjectIn(ProjectState.Suspended)) is var scope
            ? async actor => actor.DryRun ? await _life.PreviewActivateAsync(actor, scope) : Done(await _life.ActivateAsync(actor, scope)) : null!,
        ["externals switched"] = ExternalsSwitched,
    };

    private RandomAct Added(Holdings held)
    {
        var scope = held.Scope(held.Project);
        var address = held.Address;
        var person = new NewCollaborator(address, held.RoleKey(scope.ProjectId), held.IsOutside(address))
        {
            ExpiresUtc = held.Sometimes ? held.Later : null,
            RestrictionId = held.RestrictionId(scope.ProjectId),
        };
        return actor => _collaborators.AddAsync(actor, scope, person);
    }

    private RandomAct Removed(Holdings held)
    {
        var ((scope, principal), heir) = (held.Granted(), held.Heir);
        return actor => _collaborators.RemoveAsync(actor, scope, new Removal(principal, null, heir));
    }

    private RandomAct RoleChanged(Holdings held)
    {
        var ((scope, principal), heir) = (held.Granted(), held.Heir);
        var role = held.RoleKey(scope.ProjectId);
        return actor => _collaborators.ChangeRoleAsync(actor, scope, new RoleChange(principal, role, null, heir));
    }

    private RandomAct ExpiryChanged(Holdings held)
    {
        var ((scope, principal), heir) = (held.Granted(), held.Heir);
        DateTime? end = held.Sometimes ? null : held.Later;
        return actor => _collaborators.ChangeExpiryAsync(actor, scope, new ExpiryChange(principal, end, null, heir));
    }

    private RandomAct Raised(Holdings held)
    {
        var (scope, principal) = held.Granted();
        var upgrade = new Upgrade(principal, held.RoleKey(scope.ProjectId), held.Later, held.RestrictionId(scope.ProjectId));
        return actor => _upgrades.RaiseAsync(actor, scope, upgrade);
    }

    private RandomAct Restricted(Holdings held)
    {
        var ((scope, principal), heir) = (held.Granted(), held.Heir);
        var restriction = held.RestrictionId(scope.ProjectId);
        return actor => _collaborators.RestrictAsync(actor, scope, new RestrictionChange(principal, restriction, null, heir));
    }

    private RandomAct Several(Holdings held)
    {
        var (scope, principals) = held.Several();
        BulkAct act = held.Random.Next(3) switch
        {
            0 => new BulkAct.Role(held.RoleKey(scope.ProjectId)),
            1 => new BulkAct.Expiry(held.Later),
            _ => new BulkAct.Removal(),
        };
        var change = new BulkChange(principals, act, held.Sometimes);
        return async actor => Done(await _bulk.ChangeAsync(actor, scope, change));
    }

    private RandomAct Copied(Holdings held)
    {
        var (scope, copy) = (held.Scope(held.Project), new CollaboratorCopy(held.Granted().Scope.ProjectId, false));
        return async actor => Done(await _bulk.CopyAsync(actor, scope, copy));
    }

    private RandomAct RestrictionEdited(Holdings held)
    {
        if (held.Attached is not { } restriction)
        {
            return Nothing;
        }

        var rules = Enumerable.Range(0, held.Random.Next(1, 4)).Select(_ => new RestrictionRule(held.Sometimes, Pattern(held))).ToList();
        var draft = new RestrictionDraft(restriction.Name, "", rules);
        return actor => _restrictions.ChangeAsync(actor, new RoleOwner(held.OrganizationId, restriction.ProjectId), restriction.Id, draft, null);
    }

    private RandomAct RestrictionDeleted(Holdings held)
    {
        if (held.Attached is not { } restriction)
        {
            return Nothing;
        }

        var takesOff = !held.Sometimes;
        return actor => _restrictions.DeleteAsync(actor, new RoleOwner(held.OrganizationId, restriction.ProjectId), restriction.Id, null, takesOff);
    }

    private RandomAct RoleEdited(Holdings held)
    {
        if (held.Role is not { } role)
        {
            return Nothing;
        }

        var draft = new RoleDraft(role.Name, "", role.BasedOn, Names(held, held.Random.Next(1, 40)));
        return actor => _roles.ChangeAsync(actor, new RoleOwner(held.OrganizationId, role.ProjectId), role.Key, draft, null);
    }

    private RandomAct RoleDeleted(Holdings held)
    {
        if (held.Role is not { } role)
        {
            return Nothing;
        }

        return async actor => Done(await _roles.DeleteAsync(actor, new RoleOwner(held.OrganizationId, role.ProjectId), role.Key, null));
    }

    private RandomAct OrganizationRoleEdited(Holdings held)
    {
        if (held.OrganizationRole is not { } role)
        {
            return Nothing;
        }

        var everywhere = held.Random.Next(2) == 0 ? null : held.Any(ProjectRole.All)!.Key;
        var draft = new OrganizationRoleDraft(role.Name, "", [Permissions.OrganizationView.Name], everywhere, held.Sometimes ? null : Names(held, 40));
        return actor => _organizationRoles.ChangeAsync(actor, held.OrganizationId, role.Key, draft, null);
    }

    private RandomAct OrganizationRoleDeleted(Holdings held)
    {
        if (held.OrganizationRole?.Key is not { } key)
        {
            return Nothing;
        }

        return async actor => Done(await _organizationRoles.DeleteAsync(actor, held.OrganizationId, key, null));
    }

    private RandomAct TeamPersonAdded(Holdings held)
    {
        var person = held.Member is { } member && !held.Sometimes ? member.UserId : held.User.Id;
        var added = new NewTeamMembers(held.OtherTeam(person), EmailOf(person));
        return async actor => await _teams.AddMembersAsync(actor, held.OrganizationId, added) is { Succeeded: true } done ? done.Value.Change : new NothingDone();
    }

    private RandomAct TeamPersonRemoved(Holdings held)
    {
        var ((team, person), heir) = (held.InTeam, held.Heir);
        return actor => _teams.RemoveMemberAsync(actor, held.OrganizationId, new TeamMemberRemoval(team, person, heir));
    }

    private RandomAct TeamDeleted(Holdings held)
    {
        var (team, heir) = (held.Team, held.Heir);
        return actor => _teams.DeleteAsync(actor, held.OrganizationId, new TeamDeletion(team, heir));
    }

    private RandomAct WorkspaceGrantAdded(Holdings held)
    {
        var grant = new NewWorkspaceGrant(held.Workspace, held.Address, held.RoleKey(null), held.Sometimes ? held.Later : null) { RestrictionId = held.RestrictionId(null) };
        return actor => _workspaceGrants.AddAsync(actor, held.OrganizationId, grant);
    }

    private RandomAct WorkspaceGrantChanged(Holdings held)
    {
        var grant = held.OnWorkspace;
        var change = new WorkspaceGrantChange(grant?.WorkspaceId ?? held.Workspace, grant?.Id ?? Guid.NewGuid(), held.RoleKey(null), grant?.IsUpgrade != true && held.Sometimes ? null : held.Later)
        {
            RestrictionId = held.RestrictionId(null),
        };
        return actor => _workspaceGrants.ChangeAsync(actor, held.OrganizationId, change);
    }

    private RandomAct WorkspaceGrantRemoved(Holdings held)
    {
        var grant = held.OnWorkspace;
        return actor => _workspaceGrants.RemoveAsync(actor, held.OrganizationId, new WorkspaceGrantRemoval(grant?.WorkspaceId ?? held.Workspace, grant?.Id ?? Guid.NewGuid()));
    }

    private RandomAct Moved(Holdings held)
    {
        var (project, workspace) = (held.Project.Id, held.Workspace);
        return actor => _workspaces.MoveAsync(actor, held.OrganizationId, project, workspace);
    }

    private RandomAct MemberRoleChanged(Holdings held)
    {
        var change = new MemberRoleChange(held.Member!.UserId, held.MemberRole, null, held.Heir);
        return actor => _members.ChangeRoleAsync(actor, held.OrganizationId, change);
    }

    private RandomAct MemberRemoved(Holdings held)
    {
        var removal = new MemberRemoval(held.Sometimes ? held.User.Id : held.Member!.UserId, held.Heir);
        return actor => _members.RemoveAsync(actor, held.OrganizationId, removal);
    }

    private RandomAct ExternalsSwitched(Holdings held)
    {
        var organization = Read(db => db.Organizations.Single(row => row.Id == held.OrganizationId));
        var settings = new OrganizationSettings { Name = organization.Name, AllowsExternalCollaborators = !organization.AllowsExternalCollaborators };
        return async actor => actor.DryRun ? await _settings.PreviewAsync(actor, held.OrganizationId, settings)
            : await _settings.ChangeAsync(actor, held.OrganizationId, settings, null) is { Succeeded: false, Error: var refusal } ? refusal : AccessChange.Done;
    }

    private string EmailOf(Guid person) => Read(db => db.Users.Where(user => user.Id == person).Select(user => user.Email!).Single());

    private T Read<T>(Func<ProjectConsole.Data.ConsoleDbContext, T> read)
    {
        using var db = database.Open();
        return read(db);
    }

    private static Task<Result<AccessChange>> Nothing(Actor actor) => Task.FromResult<Result<AccessChange>>(new NothingDone());

    private static List<string> Names(Holdings held, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => held.Any([.. PermissionCatalogue.Project])!.Name).Distinct(StringComparer.Ordinal)];

    private static string Pattern(Holdings held)
    {
        var name = held.Any([.. PermissionCatalogue.Project])!.Name.Split('.');
        return held.Random.Next(3) switch
        {
            0 => $"{name[0]}.*",
            1 => $"*.{name[1]}",
            _ => $"{name[0]}.{name[1]}",
        };
    }

    private static Result<AccessChange> Done(Result result) => result.Succeeded ? AccessChange.Done : result.Error;

    private static Result<AccessChange> Done(Result<BulkAnswer> result) =>
        !result.Succeeded ? result.Error : result.Value.Change ?? (Result<AccessChange>)new NothingDone();

    private sealed record NothingDone : RuleError
    {
        public override string Message => "Nothing was done.";
    }
}
