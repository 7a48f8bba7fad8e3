using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Collaborators;

/// <summary>Adds, changes and removes collaborators of a project, people and teams; each act is one command.</summary>
public sealed class CollaboratorsService(ConsoleWriter writer, CollaboratorAddition addition)
{
    /// <summary>Adds one person or team.</summary>
    public Task<Result<AccessChange>> AddAsync(Actor actor, ProjectScope project, NewCollaborator person, CancellationToken ct = default) =>
        writer.WriteAccessAsync(actor, In(project, Permissions.CollaboratorsAdd, AuditActions.CollaboratorAdded), command => addition.AddAsync(command, person, ct), ct);

    /// <summary>Adds each of several people and teams by a command of its own and answers one line for each.</summary>
    /// <param name="actor">Who acts.</param>
    /// <param name="project">Where.</param>
    /// <param name="addresses">Addresses and Team IDs, separated by commas, spaces or lines.</param>
    /// <param name="terms">What all of them get; its own address does not count.</param>
    /// <param name="ct">Ends it between two of them.</param>
    public async Task<Result<IReadOnlyList<ActLine>>> AddAllAsync(
        Actor actor, ProjectScope project, string addresses, NewCollaborator terms, CancellationToken ct = default)
    {
        var typed = AddressList.Split(addresses);
        if (AddressList.Problem(typed) is { } problem)
        {
            return new Invalid(nameof(NewCollaborator.Address), problem);
        }

        var lines = new List<ActLine>(typed.Count);
        foreach (var address in typed)
        {
            var added = await AddAsync(actor, project, terms with { Address = address }, ct);
            if (added.Error is NotFound or Forbidden)
            {
                return added.Error;
            }

            lines.Add(new ActLine(address, added.Error) { Change = added.Succeeded ? added.Value : null });
        }

        return lines;
    }

    /// <summary>Writes down that the list leaves the console as a file, before any of it does.</summary>
    /// <param name="actor">Who exports.</param>
    /// <param name="project">Where.</param>
    /// <param name="format">"csv" or "jsonl".</param>
    /// <param name="rows">How many rows match.</param>
    /// <param name="filters">The filters as the address says them, possibly empty.</param>
    /// <param name="ct">Ends the command.</param>
    public Task<Result> NoteExportAsync(Actor actor, ProjectScope project, string format, int rows, string filters, CancellationToken ct = default) =>
        writer.WriteAsync(actor, CommandTarget.InProject(project, Permissions.CollaboratorsView, AuditActions.CollaboratorsExported, CommandLock.Shared), command =>
        {
            var names = command.Project.Project;
            command.Audit(AuditActions.CollaboratorsExported, new AuditObject("project", names.Id, names.Name), after: new { Format = format, Rows = rows, Filters = filters });
            return Task.FromResult(Result.Ok);
        }, ct);

    /// <summary>Gives a collaborator another role.</summary>
    public Task<Result<AccessChange>> ChangeRoleAsync(Actor actor, ProjectScope project, RoleChange change, CancellationToken ct = default) =>
        writer.WriteAccessAsync(
            actor, In(project, Permissions.CollaboratorsChange, AuditActions.CollaboratorRoleChanged), command => CollaboratorChanges.RoleAsync(command, change, ct), ct);

    /// <summary>Sets another end of a collaborator's grant, or none.</summary>
    public Task<Result<AccessChange>> ChangeExpiryAsync(Actor actor, ProjectScope project, ExpiryChange change, CancellationToken ct = default) =>
        writer.WriteAccessAsync(
            actor, In(project, Permissions.CollaboratorsChange, AuditActions.CollaboratorExpiryChanged), command => CollaboratorChanges.ExpiryAsync(command, change, ct), ct);

    /// <summary>Hangs a restriction on a collaborator's grant, or takes it off.</summary>
    public Task<Result<AccessChange>> RestrictAsync(Actor actor, ProjectScope project, RestrictionChange change, CancellationToken ct = default) =>
        writer.WriteAccessAsync(
            actor, In(project, Permissions.CollaboratorsChange, AuditActions.CollaboratorRestricted), command => CollaboratorChanges.RestrictionAsync(command, change, ct), ct);

    /// <summary>Sets role, end and restriction of a collaborator's grant together.</summary>
    internal Task<Result<AccessChange>> ChangeTermsAsync(Actor actor, ProjectScope project, TermsChange change, CancellationToken ct = default) =>
        writer.WriteAccessAsync(
            actor, In(project, Permissions.CollaboratorsChange, AuditActions.CollaboratorRoleChanged), command => CollaboratorChanges.TermsAsync(command, change, ct), ct);

    /// <summary>Ends what the project grants a collaborator. What a person created stays.</summary>
    public Task<Result<AccessChange>> RemoveAsync(Actor actor, ProjectScope project, Removal removal, CancellationToken ct = default) =>
        writer.WriteAccessAsync(
            actor, In(project, Permissions.CollaboratorsRemove, AuditActions.CollaboratorRemoved),
            command => CollaboratorChanges.RemovalAsync(command, removal, AuditActions.CollaboratorRemoved, ct), ct);

    /// <summary>Ends what the project grants the actor; being in it is all that this needs.</summary>
    /// <param name="actor">Who leaves.</param>
    /// <param name="project">What.</param>
    /// <param name="heir">Address of the person who becomes Admin in the same transaction, where nobody else would be one.</param>
    /// <param name="ct">Ends the command.</param>
    public Task<Result<AccessChange>> LeaveAsync(Actor actor, ProjectScope project, string? heir = null, CancellationToken ct = default) =>
        writer.WriteAccessAsync(actor, In(project, Permissions.ProjectView, AuditActions.CollaboratorLeft) with { IsInPerson = true }, async command =>
        {
            var left = await CollaboratorChanges.RemovalAsync(command, new Removal(actor.UserId, null, heir), AuditActions.CollaboratorLeft, ct);
            return left.Error is NoDirectGrant ? new NothingToLeave(command.Project.Project.Name) : left;
        }, ct);

    private static CommandTarget In(ProjectScope project, Permission needs, string action) =>
        CommandTarget.InProject(project, needs, action, CommandLock.Access);
}
