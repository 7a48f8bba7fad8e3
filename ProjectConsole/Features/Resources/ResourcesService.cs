using System.Text.Json.Nodes;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Data.Limits;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Limits;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Resources;

/// <summary>Makes, changes, operates and deletes resources of every kind, within the limits of their owner.</summary>
public sealed class ResourcesService(ConsoleWriter writer, UsageLedger ledger, IDataProtectionProvider protection)
{
    internal const string SecretPurpose = "resource-secret";

    private readonly Func<ConsoleDbContext, Guid, string, string, CancellationToken, Task<bool>> _taken = EF.CompileAsyncQuery(
        (ConsoleDbContext db, Guid ownerId, string kind, string name, CancellationToken ct) =>
            db.Resources.Any(resource => resource.OwnerId == ownerId && resource.Kind == kind && resource.Name == name));

    private readonly IDataProtector _secrets = protection.CreateProtector(SecretPurpose);

    /// <summary>Makes a resource and answers its name. A run or job starts by it.</summary>
    public Task<Result<string>> CreateAsync(Actor actor, ResourceOwner owner, ResourceKind kind, ResourceDraft draft, CancellationToken ct = default)
    {
        var encrypted = Encrypted(kind, draft);
        return writer.WriteAsync(actor, Target(owner, kind, "create", AuditActions.ResourceCreated), async command =>
        {
            var rights = await ResourceDoor.OfAsync(command, owner, ct);
            if (rights.Refusal(kind, "create") is { } refusal)
            {
                return (Result<string>)refusal;
            }

            var typed = draft.Cleaned();
            var spec = await SpecCheck.CheckAsync(command.Db, rights, kind, typed.Name, typed.Spec, null, ct);
            List<FieldError> wrong = [.. typed.Wrong(isNew: true), .. spec.Wrong];
            if (wrong.Count == 0 && await TakenAsync(command, owner, kind, typed.Name, ct))
            {
                wrong.Add(new FieldError(nameof(ResourceDraft.Name), $"There is a {kind.Title} named {typed.Name} here already."));
            }

            if (wrong.Count > 0)
            {
                return new Invalid(wrong);
            }

            var resource = new Resource(owner, kind, typed.Name, spec.Spec, actor.UserId, actor.Name, command.NowUtc);
            resource.Change(typed.Description, typed.CleanLabels, spec.Spec, command.NowUtc);
            if (await ledger.AddAsync(command.Db, owner, ResourceUse.Of(kind, spec.Spec, resource.State), ct) is { } full)
            {
                return full;
            }

            await NoteSpaceAsync(command, owner, ct);
            command.Db.Add(resource);
            await WriteBesideAsync(command, resource, spec, encrypted, isNew: true, ct);
            command.Db.Add(new ResourceStateChange(resource, actor.Name));
            command.Audit(AuditActions.ResourceCreated, ResourceChanges.ObjectOf(resource), after: ResourceChanges.StateOf(resource));
            return resource.Name;
        }, ct);
    }

    /// <summary>Gives a resource another description, labels and fields. Its name stays.</summary>
    public Task<Result> ChangeAsync(Actor actor, ResourceOwner owner, ResourceKind kind, Guid resourceId, ResourceDraft draft, Guid? version, CancellationToken ct = default)
    {
        var encrypted = Encrypted(kind, draft);
        return OnAsync(actor, owner, kind, resourceId, version, "update", AuditActions.ResourceChanged, async (command, rights, resource) =>
        {
            var typed = draft.Cleaned();
            var spec = await SpecCheck.CheckAsync(command.Db, rights, kind, resource.Name, typed.Spec, resource, ct);
            List<FieldError> wrong = [.. typed.Wrong(isNew: false), .. spec.Wrong];
            if (wrong.Count == 0 && await GrantedTemplates.ProblemAsync(command.Db, owner, kind, resource, spec.Spec, ct) is { } problem)
            {
                wrong.Add(problem);
            }

            if (wrong.Count > 0)
            {
                return new Invalid(wrong);
            }

            var more = ResourceUse.Difference(ResourceUse.Of(kind, resource.Spec, resource.State), ResourceUse.Of(kind, spec.Spec, resource.State));
            if (await ledger.AddAsync(command.Db, owner, more, ct) is { } full)
            {
                return full;
            }

            var before = ResourceChanges.StateOf(resource);
            resource.Change(typed.Description, typed.CleanLabels, spec.Spec, command.NowUtc);
            await WriteBesideAsync(command, resource, spec, encrypted, isNew: false, ct);
            command.Audit(AuditActions.ResourceChanged, ResourceChanges.ObjectOf(resource), before, ResourceChanges.StateOf(resource));
            return Result.Ok;
        }, ct);
    }

    /// <summary>Does one of the actions that the kind has in the resource's state.</summary>
    public Task<Result> ActAsync(Actor actor, ResourceOwner owner, ResourceKind kind, Guid resourceId, string action, Guid? version, CancellationToken ct = default) =>
        OnAsync(actor, owner, kind, resourceId, version, "operate", AuditActions.ResourceOperated, async (command, rights, resource) =>
        {
            if (kind.Life.Find(action) is not { } found)
            {
                return new NotFound();
            }

            return await ResourceChanges.ActAsync(command, ledger, rights, kind, resource, found, ct);
        }, ct);

    /// <summary>Deletes a resource that does not run and that nothing in use names.</summary>
    public Task<Result> DeleteAsync(Actor actor, ResourceOwner owner, ResourceKind kind, Guid resourceId, Guid? version, CancellationToken ct = default) =>
        OnAsync(
            actor, owner, kind, resourceId, version, "delete", AuditActions.ResourceDeleted,
            (command, rights, resource) => ResourceChanges.DeleteAsync(command, ledger, rights, kind, resource, ct), ct);

    private Task<Result> OnAsync(
        Actor actor, ResourceOwner owner, ResourceKind kind, Guid resourceId, Guid? version, string verb, string action,
        Func<Command, ResourceRights, Resource, Task<Result>> act, CancellationToken ct) =>
        writer.WriteAsync(actor, Target(owner, kind, verb, action), async command =>
        {
            var rights = await ResourceDoor.OfAsync(command, owner, ct);
            if (rights.Refusal(kind, "view") is { } unseen)
            {
                return unseen;
            }

            // Keyed by the owner and the kind, so that another project's resource is none here.
            var (ownerId, kindName) = (owner.Id, kind.Name);
            var resource = await command.Db.Resources.FirstOrDefaultAsync(row => row.OwnerId == ownerId && row.Kind == kindName && row.Id == resourceId, ct);
            return resource is null ? new NoSuchResource()
                : rights.Refusal(kind, verb, resource.CreatedBy) is { } refusal ? refusal
                : version is not null && version != resource.Version ? new Stale()
                : await act(command, rights, resource);
        }, ct);

    // Exclusive in a project: names, neighbours, references and limits are looked at as they are, and its last activity moves on.
    private static CommandTarget Target(ResourceOwner owner, ResourceKind kind, string verb, string action) => owner switch
    {
        { ProjectId: { } projectId } => CommandTarget.InProject(
            new ProjectScope(owner.OrganizationId, projectId),
            kind.IsOfCatalogue ? Permissions.ProjectView : Permissions.Of(kind, verb == "delete" ? "delete-own" : verb), action, CommandLock.Exclusive),
        { IsCatalogue: true } => CommandTarget.InOrganization(owner.OrganizationId, Permissions.CatalogueManage, action, CommandLock.Shared),
        _ => CommandTarget.InPersonalSpace(owner, action),
    };

    // The member's row is held, so that nobody else writes it at the same moment.
    private static async Task NoteSpaceAsync(Command command, ResourceOwner owner, CancellationToken ct)
    {
        if (owner.IsPersonal && await command.Db.PersonalSpaces.FindAsync([owner.Id], ct) is null)
        {
            command.Db.Add(new PersonalSpace(owner.OrganizationId, command.Actor.UserId, command.Actor.Name, command.NowUtc));
        }
    }

    private Task<bool> TakenAsync(Command command, ResourceOwner owner, ResourceKind kind, string name, CancellationToken ct) =>
        _taken(command.Db, owner.Id, kind.Name, name, ct);

    // What the fields say beside the row itself: links to what they name, and secrets.
    private static async Task WriteBesideAsync(
        Command command, Resource resource, CheckedSpec spec, Dictionary<string, string> encrypted, bool isNew, CancellationToken ct)
    {
        var relations = ResourceKinds.Get(resource.Kind).Fields.SelectMany(field => field.Columns.Prepend(field)).Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        // A new resource has no links and no secrets yet.
        var links = isNew ? [] : await command.Db.ResourceLinks.Where(link => link.FromId == resource.Id).ToListAsync(ct);
        var wanted = spec.Links.Select(link => (link.To.Id, link.Relation)).ToHashSet();
        command.Db.RemoveRange(links.Where(link => relations.Contains(link.Relation) && !wanted.Contains((link.ToId, link.Relation))));
        var added = spec.Links.Where(link => !links.Exists(old => old.ToId == link.To.Id && old.Relation == link.Relation)).ToList();
        command.Db.AddRange(added.Select(link => new ResourceLink(resource.OrganizationId, resource.Id, link.To.Id, link.Relation)));
        await ResourceChanges.StampAsync(command.Db, added.Select(link => link.To.Id), command.NowUtc, ct);

        var kept = isNew ? [] : await command.Db.ResourceSecrets.Where(secret => secret.ResourceId == resource.Id).ToListAsync(ct);
        foreach (var field in spec.Secrets.Keys)
        {
            if (kept.Find(secret => secret.Field == field) is { } secret)
            {
                secret.Replace(encrypted[field]);
            }
            else
            {
                command.Db.Add(new ResourceSecret(resource.OrganizationId, resource.Id, field, encrypted[field]));
            }
        }
    }

    // Before the transaction: the keys of data protection lie in the same database, and making one writes there.
    private Dictionary<string, string> Encrypted(ResourceKind kind, ResourceDraft draft) => kind.Fields.Where(field => field.Type == FieldType.Secret)
        .Select(field => (field.Name, Text: draft.Spec[field.Name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : ""))
        .Where(field => field.Text.Length is > 0 and <= ResourceField.LongestLongText).ToDictionary(field => field.Name, field => _secrets.Protect(field.Text));
}
