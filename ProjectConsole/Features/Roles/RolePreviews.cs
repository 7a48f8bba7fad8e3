using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Roles;

/// <summary>Runs a command that changes what people may do: first dry, then for real once somebody has seen and confirmed it.</summary>
public sealed class RolePreviews(DialogService dialogs)
{
    /// <summary>
    /// Carries out the command. Where nobody is concerned there is nothing to confirm; where it would leave projects without an Admin,
    /// whoever may name one is asked who becomes one.
    /// </summary>
    /// <param name="actor">Who acts.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="command">The command, for the actor and the heir's address that it is given.</param>
    public async Task<ConfirmedChange> ConfirmAsync(Actor actor, RoleQuestion question, Func<Actor, string, Task<Result<AccessChange>>> command)
    {
        var preview = await command(actor with { DryRun = true }, "");
        if (preview.Error is { } refused && !(refused is LastAdmin && question.MayNameHeir))
        {
            return new ConfirmedChange(false, refused);
        }

        if (preview is { Succeeded: true, Value.People.Count: 0 })
        {
            return new ConfirmedChange((preview = await command(actor, "")).Succeeded, preview.Error);
        }

        Error? told = null;
        var done = await AccessChangeDialog.AskAsync(
            dialogs, question.Title, "Takes effect within one second, for everybody who holds it.", question.Confirm, "Afterwards",
            async (asked, heir) =>
            {
                var result = await command(asked, heir);
                told = result.Error;
                return result;
            },
            question.MayNameHeir, question.IsDanger, question.Further is null ? null : Further(question.Further));
        // The page offers to read again or to save over.
        return new ConfirmedChange(done is not null, done is null ? told as Stale : null);
    }

    private static RenderFragment<AccessChange> Further(Func<AccessChange, IReadOnlyList<string>> further) => change => builder =>
    {
        builder.OpenComponent<RoleOtherPaths>(0);
        builder.AddComponentParameter(1, nameof(RoleOtherPaths.Lines), further(change));
        builder.CloseComponent();
    };
}

/// <summary>What is asked before a role or restriction changes for those who hold it.</summary>
/// <param name="Title">The question.</param>
/// <param name="Confirm">The verb on the button.</param>
public sealed record RoleQuestion(string Title, string Confirm)
{
    /// <summary>Whether the actor may name who becomes Admin where nobody would be left.</summary>
    public bool MayNameHeir { get; init; }

    /// <summary>Whether it destroys something.</summary>
    public bool IsDanger { get; init; }

    /// <summary>What else to show, from the answer of the dry run.</summary>
    public Func<AccessChange, IReadOnlyList<string>>? Further { get; init; }
}

/// <summary>What became of it: done, refused, or neither where the person chose otherwise.</summary>
public sealed record ConfirmedChange(bool IsDone, Error? Error);
