using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using ProjectConsole.Data;
using ProjectConsole.Data.Providers;
using ProjectConsole.Shared;

namespace ProjectConsole.Security;

/// <summary>
/// The write method: every command is one transaction of lock, facts, decision, load, rule, audit, save.
/// What an actor started before losing a right does not commit after it, because the decision is read under the locks.
/// </summary>
public sealed class ConsoleWriter(
    IDbContextFactory<ConsoleDbContext> databases,
    [FromKeyedServices(DatabaseProvider.Writers)] IDbContextFactory<ConsoleDbContext> writers,
    DatabaseProvider provider,
    CommandLocks locks,
    AccessControl access,
    Credentials credentials,
    AccessSignals signals,
    DeniedAttempts denied,
    RepeatedCalls repeated,
    TimeProvider clock)
{
    /// <summary>Carries out a command that answers a value.</summary>
    /// <param name="actor">Who acts.</param>
    /// <param name="target">Where, with which permission and locks.</param>
    /// <param name="body">
    /// Load, rule, audit. Its changes are saved when it answers a value and dropped when it refuses. It runs once more where the
    /// database ended it for a deadlock, so what it notes outside the command it notes anew.
    /// </param>
    /// <param name="ct">Ends the command without a trace.</param>
    public Task<Result<T>> WriteAsync<T>(
        Actor actor, CommandTarget target, Func<Command, Task<Result<T>>> body, CancellationToken ct = default) =>
        RunAsync(actor, target, body, () => null, (value, _) => Task.FromResult(value), ct);

    /// <summary>Carries out a command that answers nothing but whether it was done.</summary>
    public async Task<Result> WriteAsync(Actor actor, CommandTarget target, Func<Command, Task<Result>> body, CancellationToken ct = default)
    {
        var result = await RunAsync(actor, target, command => Valued(body, command), () => null, (done, _) => Task.FromResult(done), ct);
        return result.Succeeded ? Result.Ok : result.Error;
    }

    /// <summary>
    /// Carries out a command that changes who may do what. As a dry run it answers what would change for the people
    /// that the body names by <c>Command.AffectsAsync</c>, and rolls back.
    /// </summary>
    public Task<Result<AccessChange>> WriteAccessAsync(
        Actor actor, CommandTarget target, Func<Command, Task<Result>> body, CancellationToken ct = default)
    {
        AccessPreview? preview = null;
        Command? ran = null;
        return RunAsync(
            actor, target, command => RevokingAsync(body, ran = command, ct), () => preview = actor.DryRun ? new AccessPreview(access, actor) : null,
            async (_, db) => preview is null ? DoneBy(ran!) : (await preview.CompareAsync(db, ct)) with { Notes = ran!.Notes }, ct);
    }

    // What else a command writes, an heir's grant for one, comes after the act itself.
    private static AccessChange DoneBy(Command command) =>
        AccessChange.Done with { Notes = command.Notes, EntryId = command.Entries.Find(entry => entry.Action == command.Target.Action)?.Id };

    private async Task<Result<bool>> RevokingAsync(Func<Command, Task<Result>> body, Command command, CancellationToken ct) =>
        await KeyRevocation.RevokeChosenAsync(access, command, ct) is { } refusal ? refusal : await Valued(body, command);

    private static async Task<Result<bool>> Valued(Func<Command, Task<Result>> body, Command command)
    {
        var result = await body(command);
        return result.Succeeded ? true : result.Error;
    }

    private async Task<Result<TAnswer>> RunAsync<T, TAnswer>(
        Actor actor, CommandTarget target, Func<Command, Task<Result<T>>> body, Func<AccessPreview?> preview,
        Func<T, ConsoleDbContext, Task<TAnswer>> answer, CancellationToken ct)
    {
        var key = actor.DryRun ? null : actor.Repeatable?.NextKey();
        var (command, result) = await SaveOrAgainAsync(() => SaveAsync(actor, target, key, body, preview, answer, ct));
        if (result is null)
        {
            return await RepeatAsync<TAnswer>(actor, target, key!, ct);
        }

        if (!result.Succeeded && result.Error.IsDenial)
        {
            denied.Report(actor, target, result.Error, clock.GetUtcNow().UtcDateTime);
        }
        else if (result.Succeeded && !actor.DryRun)
        {
            signals.Raise(command!.RaisedOrganizations, command.RaisedProjects);
        }

        return result;
    }

    // Decided anew: whoever lost the right since is told nothing of what was answered then.
    private async Task<Result<TAnswer>> RepeatAsync<TAnswer>(Actor actor, CommandTarget target, string key, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await credentials.RefreshAsync(db, actor, ct) is not { } acting)
        {
            return new CredentialEnded();
        }

        var (_, refusal) = await CommandAccess.DecideAsync(access, db, acting, target, ct);
        return refusal is not null ? refusal : await repeated.AnswerAsync<TAnswer>(actor.UserId, key, actor.Repeatable!.Fingerprint, ct);
    }

    // The other one of a circle goes on as soon as this one is out of its way, so that once more, from the first lock on, mostly
    // passes; whoever fails twice is told like after any other failure of the database.
    private async Task<T> SaveOrAgainAsync<T>(Func<Task<T>> save)
    {
        try
        {
            return await save();
        }
        catch (Exception failure) when (provider.IsDeadlock(failure))
        {
            return await save();
        }
    }

    // What is told to others is told after the transaction and the turn have ended. No result: it was carried out before under its key.
    private async Task<(Command? Command, Result<TAnswer>? Result)> SaveAsync<T, TAnswer>(
        Actor actor, CommandTarget target, string? key, Func<Command, Task<Result<T>>> body, Func<AccessPreview?> preview,
        Func<T, ConsoleDbContext, Task<TAnswer>> answer, CancellationToken ct)
    {
        using var turn = await provider.EnterWriteAsync(ct);
        await using var db = await writers.CreateDbContextAsync(ct);
        await using var transaction = await provider.BeginWriteAsync(db, ct);
        if (key is not null && !await repeated.TryBeginAsync(db, actor.UserId, key, actor.Repeatable!.Fingerprint, ct))
        {
            return (null, null);
        }

        var guards = new CommandGuards(new AdminGuard(access, actor), new AssertionGuard(access), preview());
        var (command, refusal) = await StartAsync(db, actor, target, guards, ct);
        if (command is null)
        {
            return (null, refusal!);
        }

        try
        {
            return (command, await FinishAsync(command, transaction, key, guards, body, answer, ct));
        }
        catch (DbUpdateConcurrencyException)
        {
            return (command, new Stale());
        }
        catch (DbUpdateException failure) when (failure.InnerException is DbException inner && provider.IsUniqueViolation(inner))
        {
            return (command, ResourceLabelRows.MayBeOvertaken(command.Db) ? new Stale() : new AlreadyDone());
        }
        catch (DbUpdateException failure) when (failure.InnerException is DbException inner && provider.IsReferenceViolation(inner))
        {
            return (command, new ReferenceGone());
        }
    }

    private async Task<(Command? Command, Error? Refusal)> StartAsync(
        ConsoleDbContext db, Actor actor, CommandTarget target, CommandGuards guards, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await locks.TakeAsync(db, actor, target, now, ct);
        if (await credentials.RefreshAsync(db, actor, ct) is not { } acting)
        {
            return (null, new CredentialEnded());
        }

        var (decision, refusal) = await CommandAccess.DecideAsync(access, db, acting, target, ct);
        if (refusal is not null)
        {
            return (null, refusal);
        }

        var command = new Command(db, acting, target, now, decision, guards);
        if (target is { OrganizationId: { } organizationId, OrganizationLock: CommandLock.Access })
        {
            command.RaisedOrganizations.Add(organizationId);
        }

        if (target is { ProjectId: { } projectId, ProjectLock: CommandLock.Access })
        {
            command.RaisedProjects.Add(projectId);
        }

        return (command, null);
    }

    private static async Task<Result<TAnswer>> FinishAsync<T, TAnswer>(
        Command command, IDbContextTransaction transaction, string? key, CommandGuards guards, Func<Command, Task<Result<T>>> body,
        Func<T, ConsoleDbContext, Task<TAnswer>> answer, CancellationToken ct)
    {
        var result = await body(command);
        if (!result.Succeeded)
        {
            return result.Error;
        }

        await command.Db.SaveChangesAsync(ct);
        if ((await guards.Admins.CheckAsync(command.Db, ct) ?? await guards.Assertions.CheckAsync(command.Db, ct)) is { } broken)
        {
            return broken;
        }

        var answered = await answer(result.Value, command.Db);
        if (key is not null)
        {
            await RepeatedCalls.EndAsync(command.Db, command.Actor.UserId, key, answered, ct);
        }

        if (!command.Actor.DryRun)
        {
            await transaction.CommitAsync(ct);
        }

        return answered;
    }
}
