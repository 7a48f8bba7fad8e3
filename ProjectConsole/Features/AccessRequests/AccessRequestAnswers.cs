using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.AccessRequests;

/// <summary>Answers requests, by the ordinary rules of giving. Nobody answers their own.</summary>
public sealed class AccessRequestAnswers(ConsoleWriter writer, AccessControl access, MailQueue mails)
{
    /// <summary>Gives what was asked for, or less. In a dry run answers what it would change.</summary>
    public async Task<Result<AccessChange>> GrantAsync(Actor actor, ProjectScope project, Guid id, GrantedRequest granted, CancellationToken ct = default)
    {
        var target = CommandTarget.InProject(project, Permissions.CollaboratorsChange, AuditActions.AccessRequestGranted, CommandLock.Access);
        var result = await writer.WriteAccessAsync(actor, target, command => GrantAsync(command, id, granted, ct), ct);
        mails.Wake();
        return result;
    }

    /// <summary>Says no, with words that the person reads.</summary>
    public async Task<Result> DeclineAsync(Actor actor, ProjectScope project, Guid id, string? words, CancellationToken ct = default)
    {
        var answer = TextRules.Clean(words);
        if (TextRules.TextError(answer, "The answer", AccessRequest.LongestText) is { } problem)
        {
            return new Invalid(nameof(GrantedRequest.Words), problem);
        }

        var target = CommandTarget.InProject(project, Permissions.CollaboratorsChange, AuditActions.AccessRequestDeclined, CommandLock.Exclusive);
        var result = await writer.WriteAsync(actor, target, async command =>
        {
            var (request, refusal) = await LoadAsync(command, id, ct);
            if (refusal is not null)
            {
                return refusal;
            }

            var (role, name) = await WordsAsync(command, request!, ct);
            request!.Close(AccessRequestState.Declined, actor.UserId, actor.Name, answer, command.NowUtc);
            command.Audit(AuditActions.AccessRequestDeclined, AccessRequestsService.ObjectOf(request), after: new { Role = request.RoleKey, Answer = answer });
            AccessRequestMails.Answered(command, request, request.UserName, role ?? "a role", name, null);
            return Result.Ok;
        }, ct);
        mails.Wake();
        return result;
    }

    // Keyed by the project: another project's request does not exist here.
    private static async Task<(AccessRequest? Request, Error? Refusal)> LoadAsync(Command command, Guid id, CancellationToken ct)
    {
        var (organizationId, projectId) = command.Project.Scope;
        var request = await command.Db.AccessRequests.FirstOrDefaultAsync(row => row.Id == id && row.OrganizationId == organizationId && row.ProjectId == projectId, ct);
        return request is null ? (null, new NotFound())
            : request.UserId == command.Actor.UserId ? (null, new OwnRequest())
            : request.State != AccessRequestState.Pending ? (null, new RequestNotPending())
            : (request, null);
    }

    // Who does not see the project reads the ID that was typed, and never the name or a role that was made there.
    private async Task<(string? Role, string Project)> WordsAsync(Command command, AccessRequest request, CancellationToken ct)
    {
        var scope = command.Project.Scope;
        return await access.InProjectAsync(command.Db, request.UserId, scope, ct) is { } there && there.May(Permissions.ProjectView)
            ? ((await RoleCatalogue.FindProjectRoleAsync(command.Db, scope, request.RoleKey, ct))?.Title, command.Project.Project.Name)
            : (ProjectRole.Find(request.RoleKey)?.Title, command.Project.Project.Slug);
    }

    private async Task<Result> GrantAsync(Command command, Guid id, GrantedRequest granted, CancellationToken ct)
    {
        var (request, refusal) = await LoadAsync(command, id, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        var words = TextRules.Clean(granted.Words);
        if (TextRules.TextError(words, "The answer", AccessRequest.LongestText) is { } problem)
        {
            return new Invalid(nameof(GrantedRequest.Words), problem);
        }

        var (role, wrong) = await RoleAsync(command, request!, granted, ct);
        wrong ??= await StandingAsync(command, request!, ct);
        if (wrong is not null)
        {
            return wrong;
        }

        DateTime? until = granted.Hours is { } hours ? command.NowUtc.AddHours(hours) : null;
        if ((Giver.Of(command.Access).Refuse(role!.Permissions, until) ?? await GiveAsync(command, request!, role, until, ct)) is { } refused)
        {
            return refused;
        }

        request!.Close(AccessRequestState.Granted, command.Actor.UserId, command.Actor.Name, words, command.NowUtc);
        command.Audit(AuditActions.AccessRequestGranted, AccessRequestsService.ObjectOf(request), after: new { Role = role.Key, Asked = request.RoleKey, granted.Hours });
        AccessRequestMails.Answered(command, request, request.UserName, role.Title, command.Project.Project.Name, until);
        return Result.Ok;
    }

    private static async Task<(ProjectRole? Role, Error? Refusal)> RoleAsync(Command command, AccessRequest request, GrantedRequest granted, CancellationToken ct)
    {
        var scope = command.Project.Scope;
        var role = await RoleCatalogue.FindProjectRoleAsync(command.Db, scope, granted.Role, ct);
        if (role is null)
        {
            return (null, new RequestedRoleIsGone());
        }

        // A role that vanished says no longer how much was asked for; then the ordinary rules of giving are the only bound.
        var asked = await RoleCatalogue.FindProjectRoleAsync(command.Db, scope, request.RoleKey, ct);
        var isMore = asked is not null && !role.Permissions.IsSubsetOf(asked.Permissions);
        var isLonger = request.Hours is { } most && !(granted.Hours <= most);
        return isMore || isLonger || granted.Hours is < 1 or > AccessRequest.MostHours ? (null, new MoreThanAsked()) : (role, null);
    }

    // A member, or somebody from outside who is in the project already; and nobody whose account is locked.
    private async Task<Error?> StandingAsync(Command command, AccessRequest request, CancellationToken ct)
    {
        var there = await access.InProjectAsync(command.Db, request.UserId, command.Project.Scope, ct);
        return there is not null && there.Access.Block == AccessBlock.None && (there.Access.Facts.Membership is not null || there.May(Permissions.ProjectView))
            ? null
            : new RequesterIsGone(request.UserName);
    }

    // A standing grant is changed; for a time only, an upgrade stands beside it.
    private static async Task<Error?> GiveAsync(Command command, AccessRequest request, ProjectRole role, DateTime? untilUtc, CancellationToken ct)
    {
        var (organizationId, projectId) = command.Project.Scope;
        var grants = await command.Db.Grants.Where(grant => grant.ProjectId == projectId && grant.PrincipalId == request.UserId).ToListAsync(ct);
        var standing = grants.Find(grant => !grant.IsUpgrade && IsInForce(grant, command.NowUtc));
        var through = standing is null ? await BesideTeams.RefuseInProjectAsync(command, command.Project.Scope, new PersonBeside(request.UserId, request.UserName), ct) : null;
        if (through is not null && untilUtc is null)
        {
            return through;
        }

        var isUpgrade = untilUtc is not null && (standing is not null || through is not null);
        var changed = isUpgrade ? grants.Find(grant => grant.IsUpgrade) : grants.Find(grant => !grant.IsUpgrade);
        if (changed is not null && IsInForce(changed, command.NowUtc))
        {
            var given = await RoleCatalogue.GivenAsync(command.Db, organizationId, changed.RoleKey, changed.RestrictionId, ct);
            if (command.Access.Exceeding(given) is { IsEmpty: false } missing)
            {
                return new ExceedsOwn(missing);
            }

            if (!isUpgrade && changed.RoleKey == role.Key && changed.RestrictionId is null && changed.ExpiresUtc is null)
            {
                return new RequesterHoldsAlready(request.UserName, role.Title);
            }
        }

        if (standing is null && !isUpgrade && await CollaboratorRoom.RefuseAsync(command, command.Project.Scope, ct) is { } full)
        {
            return full;
        }

        await command.AffectsAsync([request.UserId], command.Db.Projects.Where(project => project.Id == projectId), ct);
        Write(command, request, role, untilUtc, changed, isUpgrade);
        return null;
    }

    private static bool IsInForce(Grant grant, DateTime nowUtc) => !(grant.ExpiresUtc <= nowUtc);

    private static void Write(Command command, AccessRequest request, ProjectRole role, DateTime? untilUtc, Grant? changed, bool isUpgrade)
    {
        var (actor, now, (organizationId, projectId)) = (command.Actor, command.NowUtc, command.Project.Scope);
        if (changed is not null && IsInForce(changed, now))
        {
            var before = GrantState.Of(changed, isTeam: false);
            changed.ChangeRole(role, actor.UserId, actor.Name, now);
            changed.ChangeExpiry(untilUtc, actor.UserId, actor.Name, now);
            command.Audit(
                isUpgrade ? AuditActions.CollaboratorRaised : AuditActions.CollaboratorRoleChanged, AccessRequestsService.ObjectOf(request), before,
                GrantState.Of(changed, isTeam: false));
            return;
        }

        // A grant that ended by itself is still a row, and there is one of its kind for each person.
        var grant = changed ?? command.Db.Grants.Add(Grant.OnProject(organizationId, projectId, request.UserId, role, actor.UserId, actor.Name, now)).Entity;
        grant.ChangeRole(role, actor.UserId, actor.Name, now);
        grant.With(untilUtc);
        if (isUpgrade)
        {
            grant.AsUpgrade(untilUtc!.Value);
        }

        command.Audit(
            isUpgrade ? AuditActions.CollaboratorRaised : AuditActions.CollaboratorAdded, AccessRequestsService.ObjectOf(request), after: GrantState.Of(grant, isTeam: false));
    }
}
