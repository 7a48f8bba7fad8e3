using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Commands;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Projects;

/// <summary>Creates projects.</summary>
public sealed class ProjectCreationService(
    ConsoleWriter writer, AccessControl access, ProjectCreationQueries queries, CollaboratorAddition addition, DeniedAttempts denied)
{
    /// <summary>
    /// Creates the project with its creator as Admin and everybody named in the draft. The same idempotency key again
    /// answers the project that it made. As a dry run it checks everything and makes nothing.
    /// </summary>
    public Task<Result<CreatedProject>> CreateAsync(Actor actor, Guid organizationId, ProjectDraft draft, CancellationToken ct = default)
    {
        // Exclusive: what is counted and what is taken must not change before the project is there.
        var target = CommandTarget.InOrganization(organizationId, Permissions.ProjectsCreate, AuditActions.ProjectCreated, CommandLock.Exclusive);
        return writer.WriteAsync(actor, target, command => CreateAsync(command, draft, ct), ct);
    }

    private async Task<Result<CreatedProject>> CreateAsync(Command command, ProjectDraft draft, CancellationToken ct)
    {
        if (await MadeBeforeAsync(command, ct) is { } made)
        {
            return made;
        }

        var checking = await CheckAsync(command, draft, ct);
        if (!checking.Succeeded)
        {
            return checking.Error;
        }

        var project = checking.Value;
        await command.GivesAsync([command.Actor.UserId], command.Db.Projects.Where(made => made.Id == project.Id), ct);
        Insert(command, project);
        if (await AddCollaboratorsAsync(command, project, draft.Collaborators, ct) is { } refused)
        {
            return refused;
        }

        command.AuditIn(project.OrganizationId, project.Id, AuditActions.ProjectCreated, new AuditObject("project", project.Id, project.Name), after: new
        {
            ProjectId = project.Slug,
            project.Structure,
            Configuration = project.Configuration.Select(value => value.Name),
            Admin = command.Actor.Name,
        });
        return new CreatedProject(project.Id, project.Slug, project.Name);
    }

    private async Task<Result<CreatedProject>?> MadeBeforeAsync(Command command, CancellationToken ct)
    {
        if (command.Actor.IdempotencyKey is not { } key)
        {
            return null;
        }

        var (db, organizationId, actorId) = (command.Db, command.Organization.Id, command.Actor.UserId);
        var receipt = await db.CommandReceipts.SingleOrDefaultAsync(receipt => receipt.ActorId == actorId && receipt.Key == key, ct);
        if (receipt is null)
        {
            return null;
        }

        // Who made a project may have lost it since, and then its names are none of theirs.
        var made = await access.InProjectAsync(db, command.Actor, new ProjectScope(organizationId, receipt.MadeId), ct);
        return made?.May(Permissions.ProjectView) is true
            ? new CreatedProject(made.Project.Id, made.Project.Slug, made.Project.Name)
            : new AlreadyDone();
    }

    private async Task<Result<Project>> CheckAsync(Command command, ProjectDraft draft, CancellationToken ct)
    {
        var (db, organizationId) = (command.Db, command.Organization.Id);
        if ((await queries.AllowanceAsync(db, organizationId, command.Actor.UserId, ct)).Refusal is { } full)
        {
            return full;
        }

        var rules = await queries.RulesAsync(db, organizationId, draft, ct);
        var typed = draft.Check(rules.Pattern, rules.Hint);
        if (!typed.Succeeded)
        {
            return typed.Error;
        }

        var (details, slug) = typed.Value;
        return (rules.IsTaken, rules.WorkspaceId) switch
        {
            (true, _) => new SlugTaken(slug),
            (_, null) => new Invalid(ProjectDraft.Workspace, "Choose one of the workspaces offered."),
            (_, { } workspaceId) => new Project(organizationId, workspaceId, slug, details, command.Actor.UserId, command.NowUtc),
        };
    }

    private static void Insert(Command command, Project project)
    {
        var (db, actor) = (command.Db, command.Actor);
        if (actor.IdempotencyKey is { } key)
        {
            db.CommandReceipts.Add(new CommandReceipt(actor.UserId, key, project.Id, command.NowUtc));
        }

        db.Projects.Add(project);
        db.ProjectSlugs.Add(new ProjectSlug(project.OrganizationId, project.Slug));
        db.Grants.Add(Grant.OnProject(project.OrganizationId, project.Id, actor.UserId, ProjectRole.Admin, actor.UserId, actor.Name, command.NowUtc));
    }

    private async Task<Error?> AddCollaboratorsAsync(Command command, Project project, IReadOnlyList<DraftCollaborator> collaborators, CancellationToken ct)
    {
        // Whoever creates projects is a member, so Admin under the ceiling of the own organization role is what the creator is about to have.
        var giver = Giver.Of(ProjectRole.Admin.Permissions & command.Access.RoleCeiling);
        var errors = new List<FieldError>();
        for (var index = 0; index < collaborators.Count; index++)
        {
            var person = collaborators[index];
            var result = await addition.AddAsync(command, project, giver, new NewCollaborator(person.Email, person.Role, person.IsExternal), ct);
            if (!result.Succeeded)
            {
                errors.Add(new FieldError(ProjectDraft.CollaboratorField(index), result.Error.Message));
                if (result.Error.IsDenial)
                {
                    // The answer as a whole is about wrong fields, which is no denial, so the write method does not report it.
                    denied.Report(command.Actor, command.Target, result.Error, command.NowUtc);
                }
            }
        }

        return errors.Count == 0 ? null : new Invalid(errors);
    }
}
