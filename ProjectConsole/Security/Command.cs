using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Shared;

namespace ProjectConsole.Security;

/// <summary>One running command: inside its transaction, after locks and decision.</summary>
public sealed class Command
{
    private const string Attempt = "attempt";

    private readonly AccessPreview? _preview;
    private readonly AdminGuard _guard;
    private AssertionGuard _assertions;

    internal Command(ConsoleDbContext db, Actor actor, CommandTarget target, DateTime nowUtc, CommandAccess access, CommandGuards guards)
    {
        (Db, Actor, Target, NowUtc) = (db, actor, target, nowUtc);
        (_guard, _assertions, _preview) = (guards.Admins, guards.Assertions, guards.Preview);
        (ProjectAccess, OrganizationAccess, Access) = (access.Project, access.Organization, access.Effective);
    }

    /// <summary>The context of the transaction.</summary>
    public ConsoleDbContext Db { get; }

    /// <summary>Who acts.</summary>
    public Actor Actor { get; }

    /// <summary>Now, UTC; the same for everything that the command writes.</summary>
    public DateTime NowUtc { get; }

    /// <summary>What the actor may do where the command runs.</summary>
    public EffectiveAccess Access { get; }

    /// <summary>The project of a project's command.</summary>
    public ProjectAccess Project => ProjectAccess ?? throw new InvalidOperationException("This command does not run in a project.");

    /// <summary>The organization of an organization's command.</summary>
    public OrganizationAccess Organization =>
        OrganizationAccess ?? throw new InvalidOperationException("This command does not run in an organization.");

    internal CommandTarget Target { get; }

    internal List<AuditEntry> Entries { get; } = [];

    internal List<string> Notes { get; } = [];

    internal HashSet<Guid> RaisedOrganizations { get; } = [];

    internal HashSet<Guid> RaisedProjects { get; } = [];

    private ProjectAccess? ProjectAccess { get; }

    private OrganizationAccess? OrganizationAccess { get; }

    /// <summary>Writes an audit entry with the command's transaction.</summary>
    /// <param name="action">One of <see cref="AuditActions"/>.</param>
    /// <param name="what">What it was done to, with its name as it is now.</param>
    /// <param name="before">The state before, as a small object of plain values without secrets.</param>
    /// <param name="after">The state after, likewise.</param>
    public void Audit(string action, AuditObject what, object? before = null, object? after = null) =>
        AuditIn(Target.OrganizationId, Target.ProjectId, action, what, before, after);

    /// <summary>Writes an audit entry for another organization or project than the command's own.</summary>
    public void AuditIn(Guid? organizationId, Guid? projectId, string action, AuditObject what, object? before = null, object? after = null)
    {
        var entry = new AuditEntry(Actor.InAudit(organizationId, projectId, NowUtc), action, what, AuditResult.Done)
            .With(Text(before), Text(after));
        Entries.Add(entry);
        Db.AuditEntries.Add(entry);
    }

    /// <summary>Tells whoever asked what else the command does, in a preview and afterwards.</summary>
    public void Note(string sentence) => Notes.Add(sentence);

    /// <summary>
    /// Says whose access the command is about to change, wherever they have any. Called before the change: it notes which projects
    /// and organizations must still have an Admin or Owner afterwards, which assertions hold, and for a dry run what the people
    /// have now.
    /// </summary>
    public async Task AffectsAsync(IReadOnlyCollection<Guid> userIds, CancellationToken ct)
    {
        await _guard.WatchAsync(Db, Target, userIds, ct);
        await NoteAsync(AccessReach.OfPeople(Db, Target, userIds), userIds, ct);
    }

    /// <summary>Says whose access the command is about to change in which projects, ones among them where they have nothing yet.</summary>
    public async Task AffectsAsync(IReadOnlyCollection<Guid> userIds, IQueryable<Project> projects, CancellationToken ct)
    {
        await _guard.WatchAsync(Db, Target, userIds, ct);
        await NoteAsync(AccessReach.OfPeopleIn(Db, userIds, projects), userIds, ct);
    }

    /// <summary>Says whose access the command is about to change in the projects where these grants count, ones among them where they have nothing yet.</summary>
    public async Task AffectsAsync(IReadOnlyCollection<Guid> userIds, IQueryable<Grant> grants, CancellationToken ct)
    {
        await _guard.WatchAsync(Db, Target, userIds, ct);
        await NoteAsync(AccessReach.OfPeopleBy(Db, userIds, grants), userIds, ct);
    }

    /// <summary>
    /// Says that the command is about to change what a person or team is granted by its project: everybody in the team, asked of the
    /// database and not listed, and also where they have nothing there yet or have it by something else.
    /// </summary>
    public async Task AffectsInProjectAsync(Guid principalId, CancellationToken ct)
    {
        var projectId = Project.Project.Id;
        await _guard.WatchAsync(Db, Target, Db.Grants.Where(grant => grant.PrincipalId == principalId && grant.ProjectId == projectId), ct);
        await NoteAsync(AccessReach.OfHolder(Db, principalId, projectId), [], ct);
    }

    /// <summary>Says to whom the command is about to give something in which projects, where it takes nothing from anybody: assertions and the preview are told, and no Admin can go by it.</summary>
    public Task GivesAsync(IReadOnlyCollection<Guid> userIds, IQueryable<Project> projects, CancellationToken ct) =>
        NoteAsync(AccessReach.OfPeopleIn(Db, userIds, projects), userIds, ct);

    /// <summary>
    /// Says which grants the command is about to change: everybody whom they reach, where they count. For what many people hold,
    /// such as a role, a restriction or a team.
    /// </summary>
    public async Task AffectsAsync(IQueryable<Grant> grants, CancellationToken ct)
    {
        await _guard.WatchAsync(Db, Target, grants, ct);
        await NoteAsync(AccessReach.OfGrants(Db, Target, grants), [], ct);
    }

    /// <summary>Says who is about to become Admin of those projects, of the ones noted so far, that the command leaves without one.</summary>
    public async Task AppointsAsync(Guid heirId, CancellationToken ct)
    {
        foreach (var ids in _guard.Noted.Chunk(AdminGuard.Chunk))
        {
            await NoteAsync(AccessReach.OfPeopleIn(Db, [heirId], Db.Projects.Where(project => ids.Contains(project.Id))), [heirId], ct);
        }
    }

    /// <summary>
    /// Says that the command changes its project for everybody in it, those too who have something there by their organization
    /// role alone. For what is no grant, such as the project's state: no Admin can go by it and no assertion is broken by it, so
    /// the preview alone is told.
    /// </summary>
    public Task ShowsEverybodyInProjectAsync(CancellationToken ct) =>
        _preview?.NoteAsync(Db, AccessReach.OfEverybodyIn(Db, Project.Project.Id), [], ct) ?? Task.CompletedTask;

    /// <summary>Saves what was changed so far and answers which of the projects noted by <c>AffectsAsync</c> have no Admin now: the command can name one before it is refused.</summary>
    public async Task<IReadOnlyCollection<Guid>> ProjectsLeftWithoutAdminAsync(CancellationToken ct)
    {
        await Db.SaveChangesAsync(ct);
        return await _guard.ProjectsWithoutAdminAsync(Db, ct);
    }

    /// <summary>Saves what was changed so far and answers which organizations, of the people named by <c>AffectsAsync</c>, have no active Owner now.</summary>
    public async Task<IReadOnlyCollection<Guid>> OrganizationsLeftWithoutOwnerAsync(CancellationToken ct)
    {
        await Db.SaveChangesAsync(ct);
        return await _guard.OwnerlessOrganizationsAsync(Db, ct);
    }

    /// <summary>
    /// Lets this command leave organizations without an active Owner. Only for locking an account, where that was confirmed:
    /// otherwise whoever stole an only Owner's account would keep it.
    /// </summary>
    public void AllowsOwnerless() => _guard.AllowOwnerless();

    /// <summary>
    /// Raises the AccessVersion of organizations in the order of their ids, for commands of the installation
    /// that concern several of them.
    /// </summary>
    public async Task RaiseOrganizationsAsync(IEnumerable<Guid> organizationIds, CancellationToken ct)
    {
        foreach (var id in organizationIds.Distinct().Order())
        {
            await Db.Organizations.Where(organization => organization.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(organization => organization.AccessVersion, organization => organization.AccessVersion + 1), ct);
            RaisedOrganizations.Add(id);
        }
    }

    /// <summary>Raises the AccessVersion of every organization in which a person has anything, for commands on the account itself.</summary>
    /// <remarks>
    /// An organization may take the person in while others are being locked: what was read before the locks is read again under
    /// them, until it holds nothing new. No second command of the installation runs meanwhile, and every other one locks a single
    /// organization, so a smaller id that comes late makes nobody wait in a circle.
    /// </remarks>
    public async Task RaiseOrganizationsOfAsync(Guid userId, CancellationToken ct)
    {
        var granted = from principal in Db.Principals.Where(principal => principal.UserId == userId)
                      join grant in Db.Grants on principal.Id equals grant.PrincipalId
                      select grant.OrganizationId;
        var organizations = Db.Members.Where(member => member.UserId == userId).Select(member => member.OrganizationId).Union(granted);
        var raised = new HashSet<Guid>();
        while ((await organizations.ToListAsync(ct)).Except(raised).ToList() is { Count: > 0 } found)
        {
            await RaiseOrganizationsAsync(found, ct);
            raised.UnionWith(found);
        }
    }

    /// <summary>
    /// Carries out one part of the command. Where it is refused, or breaks what holds for every command, this part alone is undone
    /// and its refusal answered; what was done before stays.
    /// </summary>
    public async Task<Error?> AttemptAsync(Func<Task<Result>> part, CancellationToken ct)
    {
        await Db.SaveChangesAsync(ct);
        var transaction = Db.Database.CurrentTransaction ?? throw new InvalidOperationException("A command runs in a transaction.");
        var (written, noted) = (Entries.Count, Notes.Count);
        await transaction.CreateSavepointAsync(Attempt, ct);
        // Judged by itself and not again with each part that follows.
        var whole = _assertions;
        _assertions = whole.ForPart();
        var refusal = (await part()).Error;
        if (refusal is null)
        {
            await Db.SaveChangesAsync(ct);
            refusal = await _guard.CheckAsync(Db, ct) ?? await _assertions.CheckAsync(Db, ct);
        }

        _assertions = whole;

        if (refusal is not null)
        {
            await transaction.RollbackToSavepointAsync(Attempt, ct);
            Db.ChangeTracker.Clear();
            Entries.RemoveRange(written, Entries.Count - written);
            Notes.RemoveRange(noted, Notes.Count - noted);
        }

        return refusal;
    }

    private async Task NoteAsync(AccessReach reach, IReadOnlyCollection<Guid> userIds, CancellationToken ct)
    {
        await _assertions.NoteAsync(Db, Target, reach, ct);
        if (_preview is not null)
        {
            await _preview.NoteAsync(Db, reach, userIds, ct);
        }
    }

    private static string? Text(object? state) => state is null ? null : JsonSerializer.Serialize(state, state.GetType(), JsonSerializerOptions.Web);
}

/// <summary>What watches over a command: the invariants, and in a dry run the preview.</summary>
internal sealed record CommandGuards(AdminGuard Admins, AssertionGuard Assertions, AccessPreview? Preview);
