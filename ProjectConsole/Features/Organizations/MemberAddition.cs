using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Organizations;

/// <summary>Adds people to an organization by their addresses, several at once.</summary>
public sealed class MemberAddition(ConsoleWriter writer, AddressTries tries, DeniedAttempts denied)
{
    /// <summary>
    /// Adds those who have an account with a confirmed address, and answers a line for each address. Where nobody could be
    /// added nothing is written, and the error lists the sentence of each. In a dry run answers what it would change.
    /// </summary>
    public async Task<Result<MembersAdded>> AddAsync(Actor actor, Guid organizationId, NewMembers typed, CancellationToken ct = default)
    {
        var addresses = AddressList.Split(typed.Addresses);
        if (AddressList.Problem(addresses) is { } problem)
        {
            return new Invalid(nameof(typed.Addresses), problem);
        }

        IReadOnlyList<AddedLine> lines = [];
        var result = await writer.WriteAccessAsync(
            actor,
            CommandTarget.InOrganization(organizationId, Permissions.MembersManage, AuditActions.MemberAdded, CommandLock.Access),
            async command =>
            {
                var added = await AddAsync(command, addresses, typed, ct);
                lines = added.Succeeded ? added.Value : [];
                return added.Succeeded ? Result.Ok : added.Error;
            },
            ct);
        return result.Succeeded ? new MembersAdded(lines, result.Value) : result.Error;
    }

    private async Task<Result<IReadOnlyList<AddedLine>>> AddAsync(
        Command command, IReadOnlyList<string> addresses, NewMembers typed, CancellationToken ct)
    {
        // Before any address is looked up: that there is an account is nothing to learn here.
        if (await InvitationOnly.RefuseAsync(command.Db, command.Organization.Id, ct) is { } invites)
        {
            return invites;
        }

        if (await RoleCatalogue.FindOrganizationRoleAsync(command.Db, command.Organization.Id, typed.Role, ct) is not { } role)
        {
            return new Invalid(nameof(typed.Role), "Choose one of the roles offered.");
        }

        if (MemberRules.RefuseToGive(command.Access, role) is { } refusal)
        {
            return refusal;
        }

        // Before any is looked up: a hit and a miss cost the same, in a preview too.
        if (!tries.Take(command.Actor.UserId, AddressUse.Add, [.. addresses.Where(address => EmailAddress.Problem(address) is null)]))
        {
            return new TooManyExternalTries(AddressTries.Window);
        }

        var known = await FindAsync(command, addresses, ct);
        Note(command, addresses, known);

        // Whoever was outside gets another ceiling, and a role may count in every project.
        await command.AffectsAsync([.. known.Values.Where(account => account.RoleKey is null).Select(account => account.User.Id)], ct);
        var lines = addresses.Select(address => Add(command, address, known.GetValueOrDefault(EmailAddress.Normalize(address)), role, typed.MayCreateProjects)).ToList();
        var (organizationId, added) = (command.Organization.Id, lines.Where(line => line.IsAdded).Select(line => EmailAddress.Normalize(line.Address)).ToList());
        await MemberSpaces.ReturnAsync(command, organizationId, [.. known.Values.Where(account => account.RoleKey is null).Select(account => account.User.Id)], ct);
        await OpenInvitations.CancelAsync(
            command, command.Db.Invitations.Where(row => row.OrganizationId == organizationId && row.ProjectId == null && added.Contains(row.NormalizedEmail)), ct);
        return lines.Exists(line => line.IsAdded)
            ? lines
            : new Invalid([.. lines.Select(line => new FieldError(nameof(NewMembers.Addresses), line.Message))]);
    }

    // Each address that was asked for is in the log: a hit as an addition, and where nothing is added as what it is.
    private void Note(Command command, IReadOnlyList<string> addresses, Dictionary<string, Account> known)
    {
        foreach (var address in addresses.Where(address => EmailAddress.Problem(address) is null))
        {
            if (!known.ContainsKey(EmailAddress.Normalize(address)))
            {
                denied.Report(command.Actor, command.Target, new NoAccountAnywhere(address), command.NowUtc);
            }
            else if (command.Actor.DryRun)
            {
                denied.Report(command.Actor, command.Target, new AskedInPreview(address), command.NowUtc);
            }
        }
    }

    private static AddedLine Add(Command command, string address, Account? account, OrganizationRole role, bool mayCreateProjects)
    {
        if (EmailAddress.Problem(address) is { } problem)
        {
            return new AddedLine(address, IsAdded: false, $"{address}: {problem}");
        }

        // The same sentence for an address that nobody has and for one that was never confirmed.
        if (account is null)
        {
            return new AddedLine(address, IsAdded: false, new NoAccountAnywhere(address).Message);
        }

        if (account.RoleKey is not null)
        {
            return new AddedLine(address, IsAdded: false, new AlreadyMember(address, account.RoleTitle ?? account.RoleKey).Message);
        }

        var member = new Member(command.Organization.Id, account.User.Id, role, command.NowUtc);
        if (mayCreateProjects)
        {
            member.LetCreateProjects(true);
        }

        command.Db.Members.Add(member);
        command.Audit(
            AuditActions.MemberAdded, new AuditObject("member", account.User.Id, account.User.Email ?? address),
            after: new { Role = role.Key, MayCreateProjects = mayCreateProjects });
        return new AddedLine(address, IsAdded: true, command.Actor.DryRun ? $"{address} becomes {role.Title}." : $"{address} was added as {role.Title}.");
    }

    private static async Task<Dictionary<string, Account>> FindAsync(Command command, IReadOnlyList<string> addresses, CancellationToken ct)
    {
        var (organizationId, normalized) = (command.Organization.Id, addresses.Select(EmailAddress.Normalize).ToList());
        var found = await (from user in command.Db.Users.Where(user => normalized.Contains(user.NormalizedEmail!) && user.EmailConfirmed)
                           from member in command.Db.Members.Where(member => member.OrganizationId == organizationId && member.UserId == user.Id).DefaultIfEmpty()
                           from custom in command.Db.OrganizationRoles.Where(custom => custom.Key == member!.RoleKey).DefaultIfEmpty()
                           select new { User = user, RoleKey = (string?)member!.RoleKey, custom!.Name }).ToListAsync(ct);
        return found.ToDictionary(row => row.User.NormalizedEmail!, row => new Account(row.User, row.RoleKey, OrganizationRole.Find(row.RoleKey)?.Title ?? row.Name));
    }

    private sealed record Account(User User, string? RoleKey, string? RoleTitle);
}

/// <summary>People to add to an organization.</summary>
/// <param name="Addresses">One or more addresses as typed, separated by commas, blanks or line ends.</param>
/// <param name="Role">Stored name of the organization role.</param>
/// <param name="MayCreateProjects">Whether they are ticked as creators of projects.</param>
public sealed record NewMembers(string Addresses, string Role, bool MayCreateProjects = false);

/// <summary>What became of each address, and in a dry run what it changes.</summary>
/// <param name="Lines">One line for each address.</param>
/// <param name="Change">What the command would change; empty once it was carried out.</param>
public sealed record MembersAdded(IReadOnlyList<AddedLine> Lines, AccessChange Change);

/// <summary>What became of one address.</summary>
/// <param name="Address">As typed.</param>
/// <param name="IsAdded">Whether the person was added.</param>
/// <param name="Message">The sentence for people.</param>
public sealed record AddedLine(string Address, bool IsAdded, string Message);
