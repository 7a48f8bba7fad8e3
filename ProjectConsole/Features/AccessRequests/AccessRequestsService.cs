using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Features.Account;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.AccessRequests;

/// <summary>Asks for access to a project, and withdraws what was asked.</summary>
public sealed class AccessRequestsService(
    ConsoleWriter writer, AccessControl access, BlindRequests blind, AccessRequestMails announcements, IDbContextFactory<ConsoleDbContext> databases, MailQueue mails)
{
    /// <summary>Asks for a larger role in a project that the person sees. Asking again replaces what was asked.</summary>
    public async Task<Result> AskAsync(Actor actor, ProjectScope project, NewAccessRequest typed, PublicAddress? site, CancellationToken ct = default)
    {
        var ask = typed.Check();
        if (!ask.Succeeded)
        {
            return ask.Error;
        }

        var target = CommandTarget.InProject(project, Permissions.ProjectView, AuditActions.AccessRequested, CommandLock.Exclusive);
        var result = await writer.WriteAsync(actor, target, async command =>
            blind.Count(actor) ? await AskAsync(command, project, ask.Value, site, ct) : new TooManyRequests(), ct);
        mails.Wake();
        return result;
    }

    /// <summary>
    /// Asks by a Project ID for a project that the person does not see. The answer, and the work before it, are the same whether or
    /// not there is such a project: what is asked is looked at afterwards, and kept only where there is one.
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

        var slug = Slug.Clean(projectId);
        return blind.Take(actor, new BlindRequest(actor, entered.Id, slug, ask.Value, site)) ? Result.Ok : new TooManyRequests();
    }

    /// <summary>Takes one's own request back.</summary>
    public async Task<Result> WithdrawAsync(Actor actor, Guid id, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.AccessRequests.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.UserId == actor.UserId, ct) is not { } own)
        {
            return new NotFound();
        }

        var project = new ProjectScope(own.OrganizationId, own.ProjectId);
        // It is theirs whether or not they see the project that it is about.
        var sees = await access.InProjectAsync(db, actor.UserId, project, ct) is { } there && there.May(Permissions.ProjectView);
        var target = sees
            ? CommandTarget.InProject(project, Permissions.ProjectView, AuditActions.AccessRequestWithdrawn, CommandLock.Exclusive)
            : CommandTarget.InOrganization(project.OrganizationId, Permissions.OrganizationView, AuditActions.AccessRequestWithdrawn, CommandLock.Exclusive);
        return await writer.WriteAsync(actor, target, async command =>
        {
            var request = await command.Db.AccessRequests.SingleAsync(row => row.Id == id, ct);
            if (request.State != AccessRequestState.Pending)
            {
                return new RequestNotPending();
            }

            request.Close(AccessRequestState.Withdrawn, actor.UserId, actor.Name, "", command.NowUtc);
            command.AuditIn(project.OrganizationId, project.ProjectId, AuditActions.AccessRequestWithdrawn, ObjectOf(request));
            return Result.Ok;
        }, ct);
    }

    internal static AuditObject ObjectOf(AccessRequest request) => new("collaborator", request.UserId, request.UserName);

    /// <summary>Keeps what was asked blindly, where there is such a project; says nothing to anybody.</summary>
    internal async Task KeepAsync(BlindRequest asked, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var id = await db.Projects.Where(project => project.OrganizationId == asked.OrganizationId && project.Slug == asked.Slug && project.State != ProjectState.Deleted)
            .Select(project => (Guid?)project.Id).FirstOrDefaultAsync(ct);
        if (id is not { } projectId)
        {
            return;
        }

        var project = new ProjectScope(asked.OrganizationId, projectId);
        var target = CommandTarget.InOrganization(asked.OrganizationId, Permissions.OrganizationView, AuditActions.AccessRequested, CommandLock.Exclusive);
        await writer.WriteAsync(asked.Actor, target, command => AskAsync(command, project, asked.Ask, asked.Site, ct), ct);
        mails.Wake();
    }

    private async Task<Result> AskAsync(Command command, ProjectScope scope, AccessAsk ask, PublicAddress? site, CancellationToken ct)
    {
        var (db, actor, projectId) = (command.Db, command.Actor, scope.ProjectId);
        if (await RoleCatalogue.FindProjectRoleAsync(db, scope, ask.RoleKey, ct) is not { } role)
        {
            return new RequestedRoleIsGone();
        }

        var held = (await access.InProjectAsync(db, actor.UserId, scope, ct))?.Access.HeldUntil(null) ?? PermissionSet.Empty;
        if (role.Permissions.IsSubsetOf(held))
        {
            return new HeldAlready(role.Title);
        }

        var request = await db.AccessRequests.FirstOrDefaultAsync(row => row.ProjectId == projectId && row.UserId == actor.UserId && row.State == AccessRequestState.Pending, ct);
        request?.AskAgain(ask, command.NowUtc);
        request ??= db.AccessRequests.Add(new AccessRequest(scope.OrganizationId, projectId, actor.UserId, actor.Name, ask, command.NowUtc)).Entity;
        var name = await db.Projects.Where(project => project.Id == projectId).Select(project => project.Name).FirstAsync(ct);
        command.AuditIn(
            scope.OrganizationId, projectId, AuditActions.AccessRequested, new AuditObject("project", projectId, name), after: new { Role = role.Key, ask.Reason, ask.Hours });
        await announcements.AnnounceAsync(command, scope, request, site, ct);
        return Result.Ok;
    }
}
