using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Data.Limits;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Limits;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Moving;

/// <summary>
/// Gives resources of a project or of a personal space to another project, for somebody who may delete them here and create them
/// there. All of them move or none: what belongs together stays together, and nothing that stays behind or moves breaks by it.
/// </summary>
public sealed class MovingService(IDbContextFactory<ConsoleDbContext> databases, ConsoleWriter writer, AccessControl access, UsageLedger ledger)
{
    /// <summary>The most resources of one move.</summary>
    public const int MostAtOnce = 200;

    /// <summary>Name of the field that says where to, in errors.</summary>
    public const string Project = "Project";

    /// <summary>Moves them. In a dry run answers only whether it would.</summary>
    public async Task<Result> MoveAsync(Actor actor, ResourceOwner from, IReadOnlyCollection<Guid> resourceIds, string projectSlug, CancellationToken ct = default)
    {
        var (slug, ids) = (Slug.Clean(projectSlug), resourceIds.Distinct().ToList());
        // Only which rows are locked: whether the person knows the project is decided under the locks.
        var toId = await FindAsync(from.OrganizationId, slug, ct);
        return await writer.WriteAsync(actor, Target(from) with { AlsoProjectId = toId }, async command =>
        {
            var rights = await ResourceDoor.OfAsync(command, from, ct);
            var resources = await command.Db.Resources.Where(row => row.OwnerId == from.Id && ids.Contains(row.Id)).OrderBy(row => row.Name).ToListAsync(ct);
            if (RefuseHere(rights, resources, ids.Count) is { } refusal)
            {
                return refusal;
            }

            var there = toId is { } id ? await access.InProjectAsync(command.Db, command.Actor, new ProjectScope(from.OrganizationId, id), ct) : null;
            if (there?.May(Permissions.ProjectView) is not true)
            {
                return new Invalid(Project, $"There is no project {slug} that you see.");
            }

            var refused = there.Project.Id == from.Id ? new Invalid(Project, "It belongs to this project already.") : RefuseThere(there, resources);
            refused ??= await new MoveRules(command.Db, rights, there).RefuseAsync(resources, ct);
            refused ??= await GiveAsync(command, rights, there, resources, ct);
            return refused is null ? Result.Ok : refused;
        }, ct);
    }

    // Exclusive on both sides: names, neighbours, references and limits are looked at as they are.
    private static CommandTarget Target(ResourceOwner from) => from switch
    {
        { ProjectId: { } projectId } => CommandTarget.InProject(
            new ProjectScope(from.OrganizationId, projectId), Permissions.ProjectView, AuditActions.ResourceMoved, CommandLock.Exclusive),
        _ => CommandTarget.InPersonalSpace(from, AuditActions.ResourceMoved),
    };

    private async Task<Guid?> FindAsync(Guid organizationId, string slug, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Projects.Where(row => row.OrganizationId == organizationId && row.Slug == slug).Select(row => (Guid?)row.Id).FirstOrDefaultAsync(ct);
    }

    // What the person does not see is answered like what is not there.
    private static Error? RefuseHere(ResourceRights rights, List<Resource> resources, int asked)
    {
        if (rights is { Owner.ProjectId: null, IsOwnSpace: false, IsFormerSpace: false })
        {
            return new NotFound();
        }

        if (asked > MostAtOnce)
        {
            return new TooManyToMove(MostAtOnce);
        }

        return asked == 0 || resources.Count != asked || resources.Exists(resource => !rights.May(ResourceKinds.Get(resource.Kind), "view")) ? new NoSuchResource()
            : resources.Select(resource => rights.Refusal(ResourceKinds.Get(resource.Kind), "move", resource.CreatedBy)).FirstOrDefault(refusal => refusal is not null);
    }

    private static Error? RefuseThere(ProjectAccess there, List<Resource> resources) =>
        resources.Select(resource => AccessRefusal.InProject(there, Permissions.Of(ResourceKinds.Get(resource.Kind), "create"))).FirstOrDefault(refusal => refusal is not null);

    private async Task<Error?> GiveAsync(Command command, ResourceRights rights, ProjectAccess there, List<Resource> resources, CancellationToken ct)
    {
        var (from, to, more) = (rights.Owner, ResourceOwner.Of(there.Scope), new Dictionary<Metric, long>());
        foreach (var (metric, amount) in resources.SelectMany(resource => ResourceUse.Of(ResourceKinds.Get(resource.Kind), resource.Spec, resource.State)))
        {
            more[metric] = more.GetValueOrDefault(metric) + amount;
        }

        if (await ledger.AddAsync(command.Db, to, more, ct) is { } full)
        {
            return full;
        }

        await ledger.AddAsync(command.Db, from, more.ToDictionary(use => use.Key, use => -use.Value), ct);
        var source = rights.Project?.Project.Name ?? await PersonalNameAsync(command, from, ct);
        foreach (var resource in resources)
        {
            resource.MoveTo(to, command.NowUtc);
            // Both sides' logs say it.
            var (what, before, after) = (new AuditObject(resource.Kind, resource.Id, resource.Name), new { Owner = source }, new { Owner = there.Project.Name });
            command.Audit(AuditActions.ResourceMoved, what, before, after);
            command.AuditIn(to.OrganizationId, to.ProjectId, AuditActions.ResourceMoved, what, before, after);
        }

        return null;
    }

    private static async Task<string> PersonalNameAsync(Command command, ResourceOwner from, CancellationToken ct) =>
        $"personal space of {(await command.Db.PersonalSpaces.FindAsync([from.Id], ct))?.UserName ?? command.Actor.Name}";
}
