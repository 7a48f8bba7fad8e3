using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Installation;

/// <summary>Requests for more projects: list and answer.</summary>
public sealed class AllowanceRequests(IDbContextFactory<ConsoleDbContext> databases, AccessControl access, ConsoleWriter writer)
{
    /// <summary>The most characters of an answer.</summary>
    public const int LongestAnswer = 1000;

    /// <summary>One page of requests: pending ones oldest first, or answered ones newest first.</summary>
    public async Task<Result<AllowanceRequestList>> ListAsync(Actor actor, bool pending, PageRequest page, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (AccessRefusal.InInstallation(await access.InInstallationAsync(db, actor), Permissions.InstallationManage) is { } refusal)
        {
            return refusal;
        }

        var waiting = db.AllowanceRequests.Where(request => request.State == RequestState.Pending);
        var answered = db.AllowanceRequests.Where(request => request.State != RequestState.Pending);
        var sorted = pending ? waiting.OrderBy(request => request.RequestedUtc) : answered.OrderByDescending(request => request.AnsweredUtc);
        var rows = await (from request in sorted.ThenBy(request => request.Id).Skip(page.Skip).Take(page.Size)
                          join organization in db.Organizations on request.OrganizationId equals organization.Id
                          select new
                          {
                              Request = request,
                              Organization = organization,
                              Used = db.Projects.Count(project => project.OrganizationId == organization.Id && project.State != ProjectState.Deleted),
                          }).AsNoTracking().ToListAsync(ct);
        var (waitingCount, answeredCount) = (await waiting.CountAsync(ct), await answered.CountAsync(ct));
        return new AllowanceRequestList(
            new Page<RequestRow>(
                [.. rows.Select(row => new RequestRow(
                    AllowanceRequestView.Of(row.Request), row.Organization.Slug, row.Organization.Name, row.Organization.ProjectAllowance, row.Used))],
                pending ? waitingCount : answeredCount, page.Number, page.Size), waitingCount, answeredCount);
    }

    /// <summary>Approves a request with a number of projects, which becomes the allowance in the same transaction.</summary>
    public Task<Result> ApproveAsync(Actor actor, Guid requestId, int projects, string answer, CancellationToken ct = default) => AnswerAsync(
        actor, requestId, answer, AuditActions.AllowanceChanged,
        (command, organization, request, words) =>
        {
            if (AllowanceRules.Error(projects) is { } error)
            {
                return new Invalid("Projects", error);
            }

            if (organization.ProjectAllowance is { } allowance && projects <= allowance)
            {
                return new Invalid("Projects", $"The allowance is {allowance:N0} already. Approve more than that, or decline.");
            }

            AllowanceRules.Allow(command, organization, projects);
            request.Close(RequestState.Approved, words, command.NowUtc);
            return Result.Ok;
        },
        ct);

    /// <summary>Declines a request with words.</summary>
    public Task<Result> DeclineAsync(Actor actor, Guid requestId, string answer, CancellationToken ct = default) => AnswerAsync(
        actor, requestId, answer, AuditActions.AllowanceDeclined,
        (command, organization, request, words) =>
        {
            if (words.Length == 0)
            {
                return new Invalid("Answer", "Say why, so that the organization knows.");
            }

            command.AuditIn(
                organization.Id, null, AuditActions.AllowanceDeclined, new AuditObject("organization", organization.Id, organization.Name),
                new { request.Projects }, new { Answer = words });
            request.Close(RequestState.Declined, words, command.NowUtc);
            return Result.Ok;
        },
        ct);

    private Task<Result> AnswerAsync(
        Actor actor, Guid requestId, string answer, string action, Func<Command, Organization, AllowanceRequest, string, Result> close, CancellationToken ct) =>
        writer.WriteAsync(
            actor,
            CommandTarget.InInstallation(Permissions.InstallationManage, action),
            async command =>
            {
                var words = TextRules.Clean(answer);
                if (TextRules.TextError(words, "The answer", LongestAnswer) is { } error)
                {
                    return new Invalid("Answer", error);
                }

                var request = await command.Db.AllowanceRequests.FirstOrDefaultAsync(row => row.Id == requestId, ct);
                if (request is null)
                {
                    return new NoSuchAllowanceRequest();
                }

                if (request.State != RequestState.Pending)
                {
                    return new AllowanceRequestAnswered();
                }

                var organization = await command.Db.Organizations.FirstAsync(row => row.Id == request.OrganizationId, ct);
                return close(command, organization, request, words);
            },
            ct);
}

/// <summary>A page of requests, and how many there are of both kinds.</summary>
public sealed record AllowanceRequestList(Page<RequestRow> Page, int Pending, int Answered);

/// <summary>A request with its organization.</summary>
/// <param name="Request">What was asked and answered.</param>
/// <param name="Slug">The organization's slug.</param>
/// <param name="Name">Its name.</param>
/// <param name="Allowance">Its allowance now.</param>
/// <param name="Used">Its projects now, deleted ones not counted.</param>
public sealed record RequestRow(AllowanceRequestView Request, string Slug, string Name, int? Allowance, int Used);
