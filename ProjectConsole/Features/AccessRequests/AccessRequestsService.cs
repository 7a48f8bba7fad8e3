using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Features.Account;
using ProjectConsole.Features.Reviews;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.AccessRequests;

/// <summary>Asks for access to a project, and withdraws what was asked.</summary>
public sealed class AccessRequestsService(
    ConsoleWriter writer, AccessControl access, BlindRequests blind, AccessRequestMails announcements, IDbContextFactory<ConsoleDbContext> databases, MailQueue mails)
{
    private const int MostLookedUp = 1000;

    /// <summary>Asks for a larger role in a project that the person sees. Asking again replaces what was asked.</summary>
    public async Task<Result> AskAsync(Actor actor, ProjectScope project, NewAccessRequest typed, PublicAddress? site, CancellationToken ct = default)
    {
        var ask = typed.Check();
        if (!ask.Succeeded)
        {
            return ask.Error;
        }

        var target = CommandTarget.InProject(project, Permissions.ProjectView, AuditActions.AccessRequested, CommandLock.Exclusive) with { IsInPerson = true };
        var result = await writer.WriteAsync(actor, target, async command =>
            blind.Count(actor) ? await AskAsync(command, project, ask.Value, site, ct) : new TooManyRequests(), ct);
        mails.Wake();
        return result;
    }

    /// <summary>
    /// Asks by a Project ID for a project that the person does not see. The answer, and the work before it, are the same whether or
    /// not there is such a project: what is asked is kept as typed, and the project is looked for afterwards.
    /// </summary>
    public async Task<Result> AskBlindAsync(Actor actor, string organization, string projectId, NewAccessRequest typed, PublicAddress? site, CancellationToken ct = default)
    {
        if (await access.OpenOrganizationAsync(actor, organization, ct) is not { IsExternal: false } entered)
        {
            return new NotFound();
        }

        var ask = typed.Check();
        if (!ask.Succeeded)
        {
            return ask.Error;
        }

        if (ProjectRole.Find(ask.Value.RoleKey) is null)
        {
            return new Invalid(nameof(NewAccessRequest.Role), "Choose one of the roles offered.");
        }

        var slug = Kept(projectId);
        var target = CommandTarget.InOrganization(entered.Id, Permissions.OrganizationView, AuditActions.AccessRequested, CommandLock.Exclusive) with { IsInPerson = true };
        var result = await writer.WriteAsync(actor, target, async command =>
            blind.Count(actor) ? await KeepBlindAsync(command, slug, ask.Value, ct) : new TooManyRequests(), ct);
        blind.Wake(site);
        return result;
    }

    /// <summary>Takes one's own request back.</summary>
    public async Task<Result> WithdrawAsync(Actor actor, Guid id, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.AccessRequests.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.UserId == actor.UserId, ct) is not { } own)
        {
            return new NotFound();
        }

        // It is theirs whether or not they see the project that it is about, or there is one.
        var project = new ProjectScope(own.OrganizationId, own.ProjectId ?? Guid.Empty);
        var sees = await access.InProjectAsync(db, actor, project, ct) is { } there && there.May(Permissions.ProjectView);
        var target = sees
            ? CommandTarget.InProject(project, Permissions.ProjectView, AuditActions.AccessRequestWithdrawn, CommandLock.Exclusive) with { IsInPerson = true }
            : CommandTarget.InOrganization(project.OrganizationId, Permissions.OrganizationView, AuditActions.AccessRequestWithdrawn, CommandLock.Exclusive) with { IsInPerson = true };
        return await writer.WriteAsync(actor, target, async command =>
        {
            var request = await command.Db.AccessRequests.SingleAsync(row => row.Id == id, ct);
            if (request.State != AccessRequestState.Pending)
            {
                return new RequestNotPending();
            }

            request.Close(AccessRequestState.Withdrawn, actor.UserId, actor.Name, "", command.NowUtc);
            command.AuditIn(project.OrganizationId, own.ProjectId, AuditActions.AccessRequestWithdrawn, ObjectOf(request));
            return Result.Ok;
        }, ct);
    }

    internal static AuditObject ObjectOf(AccessRequest request) => new("collaborator", request.UserId, request.UserName);

    /// <summary>The requests whose project is still to be looked for, the oldest first.</summary>
    internal async Task<IReadOnlyList<AccessRequest>> AwaitingLookupAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.AccessRequests.AsNoTracking().Where(row => row.AwaitsLookup && row.State == AccessRequestState.Pending
                && db.Organizations.Any(organization => organization.Id == row.OrganizationId && organization.DeletedUtc == null))
            .OrderBy(row => row.RequestedUtc).Take(MostLookedUp).ToListAsync(ct);
    }

    /// <summary>Looks for the project of a request that was asked blindly, and tells who can answer where there is one.</summary>
    internal async Task LookUpAsync(AccessRequest waiting, PublicAddress? site, CancellationToken ct)
    {
        var asker = new Actor(waiting.UserId, waiting.UserName, "", "");
        var target = CommandTarget.InOrganization(waiting.OrganizationId, Permissions.OrganizationView, AuditActions.AccessRequested, CommandLock.Exclusive) with { IsInPerson = true };
        var found = await writer.WriteAsync(asker, target, async command =>
        {
            var (db, organizationId) = (command.Db, waiting.OrganizationId);
            var request = await db.AccessRequests.SingleAsync(row => row.Id == waiting.Id, ct);
            if (request is not { AwaitsLookup: true, State: AccessRequestState.Pending })
            {
                return Result.Ok;
            }

            var id = await db.Projects.Where(project => project.OrganizationId == organizationId && project.Slug == request.Slug && project.State != ProjectState.Deleted)
                .Select(project => (Guid?)project.Id).FirstOrDefaultAsync(ct);
            request.LookedUp(null);
            var refusal = id is { } projectId
                ? (await AskAsync(command, new ProjectScope(organizationId, projectId), new AccessAsk(request.RoleKey, request.Reason, request.Hours), site, ct, request)).Error
                : null;
            // A refusal would be told to the person, and tell that there is such a project.
            return refusal is null or HeldAlready or RequestedRoleIsGone ? Result.Ok : refusal;
        }, ct);
        mails.Wake();
        if (found.Error is not (null or Stale or AlreadyDone))
        {
            await GiveUpAsync(waiting, ct);
        }
    }

    // Whoever may ask no longer, being locked or no member any more, would be looked for again with every request of anybody.
    private async Task GiveUpAsync(AccessRequest waiting, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await ProjectAdmins.SystemAsync(db, waiting.OrganizationId, ct) is not { } system)
        {
            return;
        }

        var target = CommandTarget.InOrganization(waiting.OrganizationId, Permissions.OrganizationView, AuditActions.AccessRequested, CommandLock.Exclusive) with { IsInPerson = true };
        await writer.WriteAsync(system, target, async command =>
        {
            (await command.Db.AccessRequests.SingleAsync(row => row.Id == waiting.Id, ct)).LookedUp(null);
            return Result.Ok;
        }, ct);
    }

    // As typed, whatever it is: nothing tells an ID that no project can have from one that no project has.
    private static string Kept(string typed)
    {
        var slug = string.Concat(Slug.Clean(typed).Where(letter => !char.IsControl(letter)));
        return slug.Length <= AccessRequest.LongestSlug ? slug : slug[..AccessRequest.LongestSlug];
    }

    private static async Task<Result> KeepBlindAsync(Command command, string slug, AccessAsk ask, CancellationToken ct)
    {
        var (db, actor, organizationId) = (command.Db, command.Actor, command.Organization.Id);
        var open = await db.AccessRequests.FirstOrDefaultAsync(
            row => row.OrganizationId == organizationId && row.UserId == actor.UserId && row.Slug == slug && row.State == AccessRequestState.Pending, ct);
        open?.AskAgainBlindly(ask, command.NowUtc);
        open ??= db.AccessRequests.Add(AccessRequest.Blind(organizationId, slug, actor.UserId, actor.Name, ask, command.NowUtc)).Entity;
        command.Audit(AuditActions.AccessRequested, new AuditObject("request", open.Id, slug), after: new { Role = ask.RoleKey, ask.Reason, ask.Hours });
        return Result.Ok;
    }

    private async Task<Result> AskAsync(Command command, ProjectScope scope, AccessAsk ask, PublicAddress? site, CancellationToken ct, AccessRequest? blindly = null)
    {
        var (db, actor, projectId) = (command.Db, command.Actor, scope.ProjectId);
        if (await RoleCatalogue.FindProjectRoleAsync(db, scope, ask.RoleKey, ct) is not { } role)
        {
            return new RequestedRoleIsGone();
        }

        var held = (await access.InProjectAsync(db, actor, scope, ct))?.Access.HeldUntil(null) ?? PermissionSet.Empty;
        if (role.Permissions.IsSubsetOf(held))
        {
            return new HeldAlready(role.Title);
        }

        var earlier = await db.AccessRequests.FirstOrDefaultAsync(row => row.ProjectId == projectId && row.UserId == actor.UserId && row.State == AccessRequestState.Pending, ct);
        var request = blindly ?? earlier;
        if (blindly is null)
        {
            request?.AskAgain(ask, command.NowUtc);
            request ??= db.AccessRequests.Add(new AccessRequest(scope.OrganizationId, projectId, actor.UserId, actor.Name, ask, command.NowUtc)).Entity;
        }
        else
        {
            blindly.LookedUp(projectId);
            if (earlier is not null && earlier.Id != blindly.Id)
            {
                earlier.Close(AccessRequestState.Withdrawn, actor.UserId, actor.Name, "", command.NowUtc);
            }
        }

        var name = await db.Projects.Where(project => project.Id == projectId).Select(project => project.Name).FirstAsync(ct);
        command.AuditIn(
            scope.OrganizationId, projectId, AuditActions.AccessRequested, new AuditObject("project", projectId, name), after: new { Role = role.Key, ask.Reason, ask.Hours });
        await announcements.AnnounceAsync(command, scope, request!, site, ct);
        return Result.Ok;
    }
}
