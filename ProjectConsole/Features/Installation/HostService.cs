using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Keys;
using ProjectConsole.Features.Account;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Installation;

/// <summary>
/// What whoever has the host does without an account: there is no permission to ask for, because the database itself is in reach.
/// What was done stands in the audit log under the system.
/// </summary>
public sealed class HostService(AccountWriter writer, AccountCreation accounts, IDbContextFactory<ConsoleDbContext> databases)
{
    /// <summary>Makes an account that can sign in.</summary>
    public Task<Result<string>> CreateUserAsync(Actor actor, string address, string? password, bool isAdministrator, CancellationToken ct = default)
    {
        var email = TextRules.Clean(address);
        if ((EmailAddress.Problem(email) ?? PasswordRules.Error(password, email)) is { } problem)
        {
            return Task.FromResult<Result<string>>(new Invalid("Account", problem));
        }

        var hash = accounts.Hash(password!);
        return writer.WriteAsync<Result<string>>(
            actor, async command =>
            {
                // The first account closes /setup, which alone makes an administrator and an organization.
                if (!isAdministrator && !await command.Db.Users.AnyAsync(ct))
                {
                    return new Invalid("Account", "Nobody is here yet: set the installation up in a browser, or add --administrator.");
                }

                var normalized = EmailAddress.Normalize(email);
                if (await command.Db.Users.AnyAsync(user => user.NormalizedUserName == normalized, ct))
                {
                    return new Invalid("Account", $"{email} has an account already.");
                }

                var user = accounts.AddHashed(command.Db, email, hash, isConfirmed: true, command.NowUtc);
                user.IsInstallationAdministrator = isAdministrator;
                command.Audit(actor, AuditActions.AccountRegistered, user);
                return $"{email} can sign in.";
            },
            ct);
    }

    /// <summary>Makes a personal token of somebody and answers its text, which is stored nowhere.</summary>
    public Task<Result<string>> CreateTokenAsync(Actor actor, string address, string name, IReadOnlyList<string> permissions, int days, CancellationToken ct = default) =>
        writer.WriteAsync<Result<string>>(
            actor, async command =>
            {
                var normalized = EmailAddress.Normalize(TextRules.Clean(address));
                if (await command.Db.Users.SingleOrDefaultAsync(user => user.NormalizedUserName == normalized && user.EmailConfirmed && user.LockedUtc == null, ct) is not { } user)
                {
                    return new NotFound();
                }

                var all = PermissionSet.Of(PermissionCatalogue.All);
                var terms = KeyTerms.Check(name, permissions is ["all"] ? all.Select(permission => permission.Name) : permissions, all, command.NowUtc.AddDays(days), null, command.NowUtc);
                if (!terms.Succeeded)
                {
                    return terms.Error;
                }

                var token = command.Db.PersonalTokens.Add(new PersonalToken(user.Id, terms.Value, command.NowUtc)).Entity;
                var text = KeyText.Create(KeyPrefix.PersonalToken, token.Id);
                token.Rotate(text.Hash(), TimeSpan.Zero, command.NowUtc);
                command.Db.AuditEntries.Add(new AuditEntry(
                    actor.InAudit(null, null, command.NowUtc), AuditActions.TokenCreated, new AuditObject("token", token.Id, $"{token.Name} of {user.Email}"), AuditResult.Done));
                return text.ToString();
            },
            ct);

    /// <summary>Sets the most projects that an organization may have; null for no allowance. Those above it stay.</summary>
    public Task<Result<string>> SetAllowanceAsync(Actor actor, string organization, int? projects, CancellationToken ct = default) => writer.WriteAsync<Result<string>>(
        actor, async command =>
        {
            if (AllowanceRules.Error(projects) is { } error)
            {
                return new Invalid("Allowance", error);
            }

            if (await command.Db.Organizations.SingleOrDefaultAsync(row => row.Slug == organization, ct) is not { } found)
            {
                return new NotFound();
            }

            if (found.ProjectAllowance != projects)
            {
                command.Db.AuditEntries.Add(new AuditEntry(
                    actor.InAudit(found.Id, null, command.NowUtc), AuditActions.AllowanceChanged, new AuditObject("organization", found.Id, found.Name), AuditResult.Done)
                    .With(JsonSerializer.Serialize(new { Allowance = found.ProjectAllowance }), JsonSerializer.Serialize(new { Allowance = projects })));
                found.Allow(projects);
            }

            return projects is { } most ? string.Create(CultureInfo.InvariantCulture, $"{found.Slug} may have {most} projects.") : $"{found.Slug} may have any number of projects.";
        },
        ct);

    /// <summary>
    /// Recomputes the sealed chain of an organization; where none is named, those of all and of the installation. Answers a line for each,
    /// or, where one is broken, refuses with the same lines, the broken ones first.
    /// </summary>
    public async Task<Result<string>> VerifyAuditAsync(Actor actor, string? organization, CancellationToken ct = default)
    {
        // Everybody else asks for one organization, with the permission there.
        if (actor.Kind != AuditActorKind.System)
        {
            return new NotFound();
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        var (right, broken) = (new List<string>(), new List<string>());
        foreach (var (id, name) in await ChainsAsync(db, organization, ct))
        {
            var verdict = await AuditVerifier.VerifyAsync(db, id, ct);
            (verdict.Break is null ? right : broken).Add($"{name}: {Told(verdict)}");
        }

        return (right.Count, broken.Count) switch
        {
            (0, 0) => new NotFound(),
            (_, 0) => string.Join(Environment.NewLine, right),
            _ => new AuditBroken(string.Join(Environment.NewLine, broken.Concat(right))),
        };
    }

    private static async Task<List<(Guid? Id, string Name)>> ChainsAsync(ConsoleDbContext db, string? organization, CancellationToken ct)
    {
        var chains = await db.Organizations.Where(row => organization == null || row.Slug == organization).OrderBy(row => row.Slug)
            .Select(row => new { row.Id, row.Slug }).ToListAsync(ct);
        if (organization is not null)
        {
            return [.. chains.Select(row => ((Guid?)row.Id, row.Slug))];
        }

        // A chain outlives its organization.
        var left = await db.AuditChains.Where(chain => chain.OrganizationId != null && !db.Organizations.Any(row => row.Id == chain.OrganizationId))
            .Select(chain => chain.OrganizationId).ToListAsync(ct);
        return [(null, "installation"), .. chains.Select(row => ((Guid?)row.Id, row.Slug)), .. left.Select(id => (id, $"organization {id:D}, which is gone"))];
    }

    private static string Told(ChainVerdict verdict) => verdict switch
    {
        { Break: { } broken } => broken.Sentence,
        { UpToUtc: { } upTo } => FormattableString.Invariant($"{verdict.Entries} {(verdict.Entries == 1 ? "entry" : "entries")}, unbroken up to {upTo:yyyy-MM-dd'T'HH:mm:ss'Z'}, hash of the last {verdict.Hash}"),
        _ => "no entry is sealed yet",
    };
}

/// <summary>A sealed chain is not what it was.</summary>
/// <param name="Lines">What was found in each chain.</param>
public sealed record AuditBroken(string Lines) : RuleError
{
    /// <inheritdoc/>
    public override string Message => Lines;
}
