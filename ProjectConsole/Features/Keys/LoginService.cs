using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Keys;

/// <summary>
/// Signs a command line in through a browser (RFC 8252 with RFC 7636). The person confirms on a page and gets a code; the program that
/// asked exchanges it, and what only it knows, for a personal token. The page never sees the token, and who sees the code cannot use it.
/// </summary>
public sealed class LoginService(TokensService tokens, LoginCodes codes, TimeProvider clock)
{
    /// <summary>The field of the life in refusals.</summary>
    public const string DaysField = "Days";

    /// <summary>For how many days a person can sign a command line in.</summary>
    public static IReadOnlyList<int> Lives { get; } = [1, 7, 30, 90, 365];

    /// <summary>Makes the token that the command line collects, and answers the code for that.</summary>
    /// <param name="actor">The person who confirms.</param>
    /// <param name="asked">What the link says.</param>
    /// <param name="days">For how long, one of <see cref="Lives"/>.</param>
    /// <param name="consoles">By which names this console is reached: the program that asked must have asked one of them.</param>
    /// <param name="ct">Ends it.</param>
    public async Task<Result<string>> ConfirmAsync(Actor actor, LoginRequest asked, int days, IReadOnlyList<string> consoles, CancellationToken ct = default)
    {
        if (!Lives.Contains(days))
        {
            return new Invalid(DaysField, "Choose one of the times offered.");
        }

        var everything = TokensService.Holdable.Select(permission => permission.Name).ToList();
        var draft = new KeyDraft($"Command line on {WithoutAt(asked.Machine)}", everything, clock.GetUtcNow().UtcDateTime.AddDays(days));
        var made = await tokens.PromiseAsync(actor, draft, ct);
        return made.Succeeded ? codes.Write(new LoginCode(made.Value, asked.Challenge, consoles)) : made.Error;
    }

    /// <summary>Gives the token its secret, once. The refusal is one for every reason: whoever tries codes learns nothing.</summary>
    /// <param name="caller">Whoever sends the code; nobody who is known.</param>
    /// <param name="code">From the page.</param>
    /// <param name="verifier">What the challenge was made from.</param>
    /// <param name="ct">Ends it.</param>
    public async Task<Result<IssuedKey>> CollectAsync(Actor caller, string? code, string? verifier, CancellationToken ct = default)
    {
        if (codes.Read(code) is not { } read || !LoginRequest.Answers(verifier, read))
        {
            return new LoginIsOver();
        }

        var collected = await tokens.CollectAsync(caller, read.TokenId, ct);
        return collected.Succeeded ? collected : new LoginIsOver();
    }

    // Names of people on machines of a domain have one, and a token's name must not be taken for an address.
    private static string WithoutAt(string machine) =>
        string.Concat(machine.EnumerateRunes().Select(letter => TextRules.Fold(letter.ToString()).Contains('@', StringComparison.Ordinal) ? "-" : letter.ToString()));
}
