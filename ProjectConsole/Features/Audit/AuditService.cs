using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Audit;

/// <summary>Reads the audit log of an organization or a project: newest first, paged by the number of the entry.</summary>
public sealed class AuditService(IDbContextFactory<ConsoleDbContext> databases, AccessControl access)
{
    /// <summary>Entries per page, where nothing else is asked for.</summary>
    public const int PageSize = 50;

    /// <summary>Counting stops here: a log of millions is not counted for every page.</summary>
    public const int MostCounted = 1_001;

    /// <summary>The most people whom one filter by address names.</summary>
    private const int MostActors = 100;

    private readonly ConcurrentDictionary<Guid, bool> _verifying = new();

    /// <summary>The entries of an organization, those of its projects among them.</summary>
    public async Task<Result<AuditList>> ListAsync(Actor actor, Guid organizationId, AuditQuery query, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var refusal = AccessRefusal.InOrganization(
            await access.InOrganizationAsync(db, actor, organizationId, ct), Permissions.OrganizationAuditView);
        return refusal is not null ? refusal : await ListAsync(db, OfOrganization(db, organizationId), query, ct);
    }

    /// <summary>The entries of a project.</summary>
    public async Task<Result<AuditList>> ListAsync(Actor actor, ProjectScope project, AuditQuery query, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var refusal = AccessRefusal.InProject(await access.InProjectAsync(db, actor, project, ct), Permissions.AuditView);
        return refusal is not null ? refusal : await ListAsync(db, OfProject(db, project), query, ct);
    }

    /// <summary>One entry of an organization, with what the list leaves out.</summary>
    public async Task<Result<AuditDetail>> OpenAsync(Actor actor, Guid organizationId, long entryId, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var refusal = AccessRefusal.InOrganization(
            await access.InOrganizationAsync(db, actor, organizationId, ct), Permissions.OrganizationAuditView);
        return refusal is not null ? refusal : await OpenAsync(OfOrganization(db, organizationId), entryId, ct);
    }

    /// <summary>One entry of a project, with what the list leaves out.</summary>
    public async Task<Result<AuditDetail>> OpenAsync(Actor actor, ProjectScope project, long entryId, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var refusal = AccessRefusal.InProject(await access.InProjectAsync(db, actor, project, ct), Permissions.AuditView);
        return refusal is not null ? refusal : await OpenAsync(OfProject(db, project), entryId, ct);
    }

    /// <summary>Recomputes the sealed chain of an organization, in which the entries of its projects stand too.</summary>
    public async Task<Result<ChainVerdict>> VerifyAsync(Actor actor, Guid organizationId, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var refusal = AccessRefusal.InOrganization(
            await access.InOrganizationAsync(db, actor, organizationId, ct), Permissions.OrganizationAuditView);
        if (refusal is not null)
        {
            return refusal;
        }

        // The whole log is read: whoever asks again and again gets one reading at a time.
        if (!_verifying.TryAdd(organizationId, true))
        {
            return new AlreadyVerifying();
        }

        try
        {
            return await AuditVerifier.VerifyAsync(db, organizationId, ct);
        }
        finally
        {
            _verifying.TryRemove(organizationId, out _);
        }
    }

    private static IQueryable<AuditEntry> OfOrganization(ConsoleDbContext db, Guid organizationId) =>
        db.AuditEntries.Where(entry => entry.OrganizationId == organizationId);

    private static IQueryable<AuditEntry> OfProject(ConsoleDbContext db, ProjectScope project) =>
        db.AuditEntries.Where(entry => entry.ProjectId == project.ProjectId && entry.OrganizationId == project.OrganizationId);

    private static async Task<Result<AuditDetail>> OpenAsync(IQueryable<AuditEntry> entries, long entryId, CancellationToken ct) =>
        await entries.Where(entry => entry.Id == entryId)
            .Select(entry => new AuditDetail(
                entry.Action, entry.ObjectKind, entry.WhenUtc, entry.Reason, entry.Before, entry.After, entry.Address, entry.RequestId))
            .FirstOrDefaultAsync(ct) is { } detail ? detail : new NotFound();

    private static async Task<Result<AuditList>> ListAsync(ConsoleDbContext db, IQueryable<AuditEntry> scope, AuditQuery query, CancellationToken ct)
    {
        var found = await FilterAsync(db, scope, query, ct);
        var total = await found.Select(entry => entry.Id).Take(MostCounted).CountAsync(ct);
        if (query.Newer is { } newer)
        {
            var after = await LinesAsync(db, found.Where(entry => entry.Id > newer).OrderBy(entry => entry.Id).Take(query.Size + 1), ct);
            if (after.Count > query.Size)
            {
                var shown = after.Take(query.Size).Reverse().ToList();
                return new AuditList(shown, total, shown[^1].Id, shown[0].Id);
            }

            // Fewer than a page are newer: that is the first page, full.
            query = query.FromStart;
        }

        var rows = await LinesAsync(
            db, found.Where(entry => query.Older == null || entry.Id < query.Older).OrderByDescending(entry => entry.Id).Take(query.Size + 1), ct);
        var page = rows.Take(query.Size).ToList();
        return new AuditList(
            page, total, rows.Count > query.Size ? page[^1].Id : null, query.Older is { } older ? page.Count > 0 ? page[0].Id : older - 1 : null);
    }

    private static async Task<IQueryable<AuditEntry>> FilterAsync(ConsoleDbContext db, IQueryable<AuditEntry> scope, AuditQuery query, CancellationToken ct)
    {
        var entries = scope;
        if (TextRules.Clean(query.Actor) is { Length: > 0 } actor)
        {
            // By account, because that is what the index knows; only accounts that acted here, or strangers would fill the choice.
            var start = EmailAddress.Normalize(actor);
            var actors = await db.Users.Where(user => user.NormalizedEmail!.StartsWith(start) && scope.Any(entry => entry.ActorId == user.Id))
                .OrderBy(user => user.NormalizedEmail).Select(user => (Guid?)user.Id).Take(MostActors).ToListAsync(ct);
            entries = entries.Where(entry => actors.Contains(entry.ActorId));
        }

        if (TextRules.Clean(query.ObjectName) is { Length: > 0 } part)
        {
            // As written: the databases fold letters differently, and the log keeps no folded names.
            entries = entries.Where(entry => entry.ObjectName.Contains(part));
        }

        if (query.ObjectId is { } objectId)
        {
            entries = entries.Where(entry => entry.ObjectId == objectId);
        }

        if (query.IsOutsideProjects)
        {
            entries = entries.Where(entry => entry.ProjectId == null);
        }

        if (query.From is { } from)
        {
            var first = from.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
            entries = entries.Where(entry => entry.WhenUtc >= first);
        }

        if (query.To is { } to && to < DateOnly.MaxValue)
        {
            var end = to.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
            entries = entries.Where(entry => entry.WhenUtc < end);
        }

        if (TextRules.Clean(query.Action) is { Length: > 0 } action)
        {
            entries = entries.Where(entry => entry.Action == action);
        }

        return query.Result is { } result ? entries.Where(entry => entry.Result == result) : entries;
    }

    private static async Task<List<AuditLine>> LinesAsync(ConsoleDbContext db, IQueryable<AuditEntry> entries, CancellationToken ct) =>
        await entries.Select(entry => new AuditLine(
            entry.Id, entry.WhenUtc, entry.ActorName, entry.Action, entry.ObjectName, entry.Result, entry.Count,
            db.Projects.Where(project => project.Id == entry.ProjectId).Select(project => project.Name).FirstOrDefault())).ToListAsync(ct);
}
