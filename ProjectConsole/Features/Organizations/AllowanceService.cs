using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Organizations;

/// <summary>How many projects an organization may have, and asking for more.</summary>
public sealed class AllowanceService(IDbContextFactory<ConsoleDbContext> databases, AccessControl access, ConsoleWriter writer)
{
    /// <summary>The most characters of a reason.</summary>
    public const int LongestReason = 1000;

    /// <summary>Allowance, use, and the latest request.</summary>
    public async Task<Result<AllowanceView>> GetAsync(Actor actor, Guid organizationId, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var entered = await access.InOrganizationAsync(db, actor, organizationId, ct);
        if (AccessRefusal.InOrganization(entered, Permissions.OrganizationView) is { } refusal)
        {
            return refusal;
        }

        var numbers = await db.Organizations.Where(organization => organization.Id == organizationId).Select(organization => new
        {
            organization.ProjectAllowance,
            Used = db.Projects.Count(project => project.OrganizationId == organizationId && project.State != ProjectState.Deleted),
        }).FirstAsync(ct);
        var latest = await db.AllowanceRequests.AsNoTracking()
            .Where(request => request.OrganizationId == organizationId)
            .OrderByDescending(request => request.RequestedUtc)
            .FirstOrDefaultAsync(ct);
        return new AllowanceView(numbers.Used, numbers.ProjectAllowance, latest is null ? null : AllowanceRequestView.Of(latest));
    }

    /// <summary>Asks the administrator of the installation for a larger allowance.</summary>
    public Task<Result> RequestAsync(Actor actor, Guid organizationId, MoreProjects typed, CancellationToken ct = default) => writer.WriteAsync(
        actor,
        CommandTarget.InOrganization(organizationId, Permissions.OrganizationUpdate, AuditActions.AllowanceRequested, CommandLock.Exclusive),
        command => RequestAsync(command, typed, ct),
        ct);

    private static async Task<Result> RequestAsync(Command command, MoreProjects typed, CancellationToken ct)
    {
        var organization = await command.Db.Organizations.FirstAsync(row => row.Id == command.Organization.Id, ct);
        if (organization.ProjectAllowance is not { } allowance)
        {
            return new NoAllowance();
        }

        var pending = await command.Db.AllowanceRequests
            .FirstOrDefaultAsync(request => request.OrganizationId == organization.Id && request.State == RequestState.Pending, ct);
        if (pending is not null)
        {
            return new AllowanceRequestPending(pending.Projects);
        }

        var reason = TextRules.Clean(typed.Reason);
        if (Check(typed.Projects, reason, allowance) is { } invalid)
        {
            return invalid;
        }

        command.Db.AllowanceRequests.Add(
            new AllowanceRequest(organization.Id, command.Actor.UserId, command.Actor.Name, typed.Projects, reason, command.NowUtc));
        command.Audit(
            AuditActions.AllowanceRequested, OrganizationsService.ObjectOf(organization), new { Allowance = allowance }, new { typed.Projects, Reason = reason });
        return Result.Ok;
    }

    private static Invalid? Check(int projects, string reason, int allowance)
    {
        var errors = new List<FieldError>();
        if (projects <= allowance || projects > AllowanceRequest.Most)
        {
            errors.Add(new(nameof(MoreProjects.Projects), $"Ask for {allowance + 1:N0} to {AllowanceRequest.Most:N0} projects in all; the allowance is {allowance:N0} now."));
        }

        if (TextRules.TextError(reason, "The reason", LongestReason) is { } reasonError)
        {
            errors.Add(new(nameof(MoreProjects.Reason), reasonError));
        }

        return errors.Count == 0 ? null : new Invalid(errors);
    }
}

/// <summary>How many projects an organization has and may have.</summary>
/// <param name="Used">Projects, the Default Project included, deleted ones not.</param>
/// <param name="Allowance">The most; null for no allowance.</param>
/// <param name="Latest">The latest request, whatever became of it; null where nobody ever asked.</param>
public sealed record AllowanceView(int Used, int? Allowance, AllowanceRequestView? Latest)
{
    /// <summary>The request that waits for an answer.</summary>
    public AllowanceRequestView? Pending => Latest is { State: RequestState.Pending } ? Latest : null;
}

/// <summary>A request for more projects as people see it.</summary>
/// <param name="Id">The request.</param>
/// <param name="RequestedByName">Address of who asked.</param>
/// <param name="Projects">The allowance asked for.</param>
/// <param name="Reason">Why; may be empty.</param>
/// <param name="RequestedUtc">When.</param>
/// <param name="State">What became of it.</param>
/// <param name="Answer">The administrator's words; may be empty.</param>
/// <param name="AnsweredUtc">When it was answered.</param>
public sealed record AllowanceRequestView(
    Guid Id, string RequestedByName, int Projects, string Reason, DateTime RequestedUtc, RequestState State, string Answer, DateTime? AnsweredUtc)
{
    /// <summary>What of a request is shown.</summary>
    public static AllowanceRequestView Of(AllowanceRequest request) => new(
        request.Id, request.RequestedByName, request.Projects, request.Reason, request.RequestedUtc, request.State, request.Answer, request.AnsweredUtc);
}

/// <summary>What a person typed to ask for more projects.</summary>
/// <param name="Projects">The allowance asked for, the Default Project included.</param>
/// <param name="Reason">Why; may be empty.</param>
public sealed record MoreProjects(int Projects, string Reason);
