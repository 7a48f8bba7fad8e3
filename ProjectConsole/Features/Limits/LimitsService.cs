using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Limits;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Limits;

/// <summary>Reads and sets the limits of projects, organizations and the installation.</summary>
public sealed class LimitsService(IDbContextFactory<ConsoleDbContext> databases, AccessControl access, ConsoleWriter writer, TimeProvider clock)
{
    /// <summary>The largest limit that can be set; more than that is no limit.</summary>
    public const long Largest = 1_000_000_000;

    /// <summary>The limits of a place, and what is used of them where it uses anything.</summary>
    public async Task<Result<LimitList>> ListAsync(Actor actor, LimitPlace place, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var (refusal, maySet, project) = await DecideAsync(db, actor, place, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        var rows = await LimitRows.LoadAsync(db, place, clock.GetUtcNow().UtcDateTime, ct);
        return new LimitList(project is null ? rows : [.. rows.Where(row => LimitRows.IsSeen(project.Access, row))], maySet);
    }

    /// <summary>Sets a limit up to the one above it, or clears it so that the one above counts.</summary>
    /// <remarks>Lowering below what is used is allowed: it keeps what exists and refuses more.</remarks>
    public Task<Result> SetAsync(Actor actor, LimitPlace place, LimitDraft draft, CancellationToken ct = default) =>
        writer.WriteAsync(actor, place.Target(draft.Amount is null ? AuditActions.LimitCleared : AuditActions.LimitSet), async command =>
        {
            if (Metrics.Find(draft.Metric) is not { } metric || !place.Has(metric) || place.SpaceId is not null)
            {
                return new Invalid(nameof(LimitDraft.Metric), "There is no such limit here.");
            }

            var limits = await LimitRows.LimitsAsync(command.Db, place, ct);
            var before = LimitRows.Set(limits, place.Scope, metric)?.Amount;
            if (draft.Seen != before && !draft.IsOver)
            {
                return new Stale();
            }

            if (draft.Amount is { } amount && AmountError(amount, LimitRows.Above(place, metric, limits)) is { } wrong)
            {
                return new Invalid(nameof(LimitDraft.Amount), wrong);
            }

            return draft.Amount == before ? Result.Ok : await WriteAsync(command, place, metric, (before, draft.Amount), ct);
        }, ct);

    private static string? AmountError(long amount, LimitInForce above)
    {
        if (amount is < 0 or > Largest)
        {
            return $"The limit must be between 0 and {Largest:N0}.";
        }

        if (above.Amount is not { } most || amount <= most)
        {
            return null;
        }

        return $"The limit can be at most {above.Metric.Text(most)}" + above.SetBy switch
        {
            LimitScope.Organization => ", which is the organization's limit. An Owner or Admin of the organization can raise it.",
            LimitScope.Installation => ", which is the installation's default. An Owner or Admin of the organization can set another.",
            _ => ", which is the most that the installation allows. Its administrator can raise it.",
        };
    }

    private static async Task<Result> WriteAsync(Command command, LimitPlace place, Metric metric, (long? Before, long? After) amounts, CancellationToken ct)
    {
        var (actor, now, scopeId, scope, name) = (command.Actor, command.NowUtc, place.ScopeId, place.Scope, metric.Name);
        var set = await command.Db.Limits.SingleOrDefaultAsync(limit => limit.ScopeId == scopeId && limit.Scope == scope && limit.Metric == name, ct);
        switch (set, amounts.After)
        {
            case ({ } existing, { } amount):
                existing.Set(amount, actor.UserId, actor.Name, now);
                break;
            case ({ } existing, null):
                command.Db.Limits.Remove(existing);
                break;
            case (null, { } amount):
                command.Db.Limits.Add(new Limit(scope, command.Target.OrganizationId, scopeId, metric, amount, actor.UserId, actor.Name, now));
                break;
        }

        command.Audit(
            amounts.After is null ? AuditActions.LimitCleared : AuditActions.LimitSet, new AuditObject("limit", null, place.Named(metric)),
            new { Limit = amounts.Before }, new { Limit = amounts.After });
        return Result.Ok;
    }

    private async Task<(Error? Refusal, bool MaySet, ProjectAccess? Project)> DecideAsync(ConsoleDbContext db, Actor actor, LimitPlace place, CancellationToken ct)
    {
        if (place.ProjectId is { } projectId)
        {
            var project = await access.InProjectAsync(db, actor, new ProjectScope(place.OrganizationId, projectId), ct);
            return (AccessRefusal.InProject(project, Permissions.LimitsView), project?.May(Permissions.LimitsSet) is true, project);
        }

        if (place.Scope is LimitScope.Organization or LimitScope.PersonalSpace)
        {
            var organization = await access.InOrganizationAsync(db, actor, place.OrganizationId, ct);
            if (place.SpaceId is not null)
            {
                // What a member uses outside every project is nobody else's to see.
                var isOwn = organization is { IsExternal: false } && organization.May(Permissions.OrganizationView)
                    && place.Owner == ResourceOwner.OfPersonalSpace(place.OrganizationId, actor.UserId);
                return (isOwn ? null : new NotFound(), false, null);
            }

            return (AccessRefusal.InOrganization(organization, Permissions.OrganizationLimitsView), organization?.May(Permissions.OrganizationLimitsManage) is true, null);
        }

        return (AccessRefusal.InInstallation(await access.InInstallationAsync(db, actor), Permissions.InstallationManage), true, null);
    }
}
