using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Assertions;

/// <summary>The assertions of an organization: sentences about access that every change of access is checked against.</summary>
public sealed class AssertionsService(IDbContextFactory<ConsoleDbContext> databases, AccessControl access, ConsoleWriter writer, AssertionCheck check)
{
    /// <summary>The most assertions of an organization: each change of access is checked against all of them.</summary>
    public const int Most = 100;

    /// <summary>How many pairs of person and project are checked where somebody asks for one.</summary>
    public const int CheckedAlone = 2000;

    private const int MostTeams = 500;

    /// <summary>
    /// All assertions, newest first. One about a project is shown to those who see the project. Whether they hold is checked one
    /// by one where somebody asks: for all at once, each page view would decide about thousands of people.
    /// </summary>
    public async Task<Result<IReadOnlyList<AssertionRow>>> ListAsync(Actor actor, Guid organizationId, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var reader = await access.InOrganizationAsync(db, actor, organizationId, ct);
        if (AccessRefusal.InOrganization(reader, Permissions.AssertionsView) is { } refusal)
        {
            return refusal;
        }

        var assertions = await Visible(db, reader!).OrderByDescending(assertion => assertion.CreatedUtc).Take(Most).ToListAsync(ct);
        var sentences = await AssertionSentences.OfManyAsync(db, assertions, ct);
        return assertions.ConvertAll(assertion => RowOf(assertion, sentences[assertion.Id]));
    }

    /// <summary>Who breaks one assertion.</summary>
    public async Task<Result<OpenedAssertion>> OpenAsync(Actor actor, Guid organizationId, Guid assertionId, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var reader = await access.InOrganizationAsync(db, actor, organizationId, ct);
        if (AccessRefusal.InOrganization(reader, Permissions.AssertionsView) is { } refusal)
        {
            return refusal;
        }

        return await Visible(db, reader!).FirstOrDefaultAsync(row => row.Id == assertionId, ct) is { } assertion
            ? new OpenedAssertion(RowOf(assertion, await AssertionSentences.OfAsync(db, assertion, ct)), await check.OfAsync(db, actor, reader!, assertion, ct))
            : new NotFound();
    }

    /// <summary>The teams and roles that the form "only" can name.</summary>
    public async Task<Result<AssertionChoices>> ChoicesAsync(Actor actor, Guid organizationId, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var reader = await access.InOrganizationAsync(db, actor, organizationId, ct);
        if (AccessRefusal.InOrganization(reader, Permissions.AssertionsManage) is { } refusal)
        {
            return refusal;
        }

        var teams = await db.Teams.Where(team => team.OrganizationId == organizationId).OrderBy(team => team.NameFolded).Take(MostTeams)
            .Select(team => new { team.Id, team.Name }).ToListAsync(ct);
        var roles = await db.ProjectRoles.Where(role => role.OrganizationId == organizationId && role.ProjectId == null)
            .OrderBy(role => role.NameFolded).Select(role => new AssertionChoice(role.Key, role.Name)).ToListAsync(ct);
        return new AssertionChoices(
            [.. teams.Select(team => new AssertionChoice(team.Id.ToString(), team.Name))],
            [.. ProjectRole.All.Select(role => new AssertionChoice(role.Key, role.Title)), .. roles]);
    }

    /// <summary>What an assertion would say, and who would break it from the start.</summary>
    public async Task<Result<AssertionPreview>> PreviewAsync(Actor actor, Guid organizationId, NewAssertion typed, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var reader = await access.InOrganizationAsync(db, actor, organizationId, ct);
        if (AccessRefusal.InOrganization(reader, Permissions.AssertionsManage) is { } refusal)
        {
            return refusal;
        }

        var (assertion, wrong) = await BuildAsync(db, reader!, typed, actor.Name, reader!.Access.Facts.Now, ct);
        return assertion is null
            ? wrong!
            : new AssertionPreview(await AssertionSentences.OfAsync(db, assertion, ct), await check.OfAsync(db, actor, reader, assertion, ct));
    }

    /// <summary>Writes an assertion. Who breaks it already keeps what they have; from then on no change may add anybody.</summary>
    public Task<Result<Guid>> CreateAsync(Actor actor, Guid organizationId, NewAssertion typed, CancellationToken ct = default) => writer.WriteAsync<Guid>(
        actor,
        CommandTarget.InOrganization(organizationId, Permissions.AssertionsManage, AuditActions.AssertionCreated, CommandLock.Access),
        async command =>
        {
            var (assertion, wrong) = await BuildAsync(command.Db, command.Organization, typed, command.Actor.Name, command.NowUtc, ct);
            if (assertion is null)
            {
                return wrong!;
            }

            var existing = await command.Db.Assertions.Where(row => row.OrganizationId == organizationId).ToListAsync(ct);
            if (existing.Count >= Most || existing.Exists(row => IsSame(row, assertion)))
            {
                return existing.Count >= Most ? new TooManyAssertions(Most) : new AssertionThere();
            }

            var sentence = await AssertionSentences.OfAsync(command.Db, assertion, ct);
            command.Db.Assertions.Add(assertion);
            command.Audit(AuditActions.AssertionCreated, ObjectOf(assertion, sentence), after: new { Sentence = sentence, assertion.Reason });
            return assertion.Id;
        },
        ct);

    /// <summary>Deletes an assertion; from then on nothing is checked against it.</summary>
    public Task<Result> DeleteAsync(Actor actor, Guid organizationId, Guid assertionId, CancellationToken ct = default) => writer.WriteAsync(
        actor,
        CommandTarget.InOrganization(organizationId, Permissions.AssertionsManage, AuditActions.AssertionDeleted, CommandLock.Access),
        async command =>
        {
            if (await command.Db.Assertions.FirstOrDefaultAsync(row => row.OrganizationId == organizationId && row.Id == assertionId, ct) is not { } assertion)
            {
                return new NotFound();
            }

            var sentence = await AssertionSentences.OfAsync(command.Db, assertion, ct);
            command.Audit(AuditActions.AssertionDeleted, ObjectOf(assertion, sentence), new { Sentence = sentence, assertion.Reason });
            command.Db.Assertions.Remove(assertion);
            return Result.Ok;
        },
        ct);

    private IQueryable<Assertion> Visible(ConsoleDbContext db, OrganizationAccess reader)
    {
        var (organizationId, projects) = (reader.Id, access.VisibleProjects(db, reader));
        return db.Assertions.Where(assertion => assertion.OrganizationId == organizationId
            && (assertion.ProjectId == null || projects.Any(project => project.Id == assertion.ProjectId))).AsNoTracking();
    }

    private async Task<(Assertion? Built, Error? Wrong)> BuildAsync(
        ConsoleDbContext db, OrganizationAccess reader, NewAssertion typed, string by, DateTime nowUtc, CancellationToken ct)
    {
        var errors = new List<FieldError>();
        var permission = PermissionCatalogue.Find(typed.Permission);
        if (permission is not { Scope: PermissionScope.Project })
        {
            errors.Add(new(nameof(typed.Permission), "Choose a permission."));
        }

        var (projectId, projectError) = await FindProjectAsync(db, reader, typed.Project, ct);
        var (only, onlyError) = typed.Form == AssertionForm.Only ? await FindOnlyAsync(db, reader.Id, projectId, typed.Only, ct) : (null, null);
        var reason = TextRules.Clean(typed.Reason);
        errors.AddRange(new[] { projectError, onlyError }.OfType<FieldError>());
        if (reason.Length > Assertion.LongestReason)
        {
            errors.Add(new(nameof(typed.Reason), $"A reason can have at most {Assertion.LongestReason} characters."));
        }

        if (errors.Count > 0)
        {
            return (null, new Invalid(errors));
        }

        var assertion = new Assertion(reader.Id, projectId, typed.Form, permission!, by, nowUtc).Because(reason);
        return (only is null ? assertion : only.Team is { } team ? assertion.OnlyTeam(team) : assertion.OnlyRole(only.Role!), null);
    }

    private async Task<(Guid? Id, FieldError? Wrong)> FindProjectAsync(ConsoleDbContext db, OrganizationAccess reader, string typed, CancellationToken ct)
    {
        var slug = Slug.Clean(typed);
        if (slug == "")
        {
            return (null, null);
        }

        var id = await access.VisibleProjects(db, reader).Where(project => project.Slug == slug).Select(project => (Guid?)project.Id).FirstOrDefaultAsync(ct);
        return (id, id is null ? new(nameof(NewAssertion.Project), "No project has this Project ID. Leave the field empty for any project.") : null);
    }

    private static async Task<(NamedOnly? Found, FieldError? Wrong)> FindOnlyAsync(
        ConsoleDbContext db, Guid organizationId, Guid? projectId, string? typed, CancellationToken ct)
    {
        var wrong = new FieldError(nameof(NewAssertion.Only), "Choose the team or the role that alone may hold it.");
        if (typed?.Split(':', 2) is not [var kind, var value])
        {
            return (null, wrong);
        }

        if (kind == "team")
        {
            var id = QueryText.Id(value);
            return await db.Teams.AnyAsync(team => team.OrganizationId == organizationId && team.Id == id, ct) ? (new(id, null), null) : (null, wrong);
        }

        var role = projectId is { } project
            ? await RoleCatalogue.FindProjectRoleAsync(db, new ProjectScope(organizationId, project), value, ct)
            : await RoleCatalogue.FindProjectRoleAsync(db, organizationId, value, ct);
        return role is null ? (null, wrong) : (new(null, role.Key), null);
    }

    private static AssertionRow RowOf(Assertion assertion, string sentence) =>
        new(assertion.Id, sentence, assertion.Reason, assertion.CreatedByName, assertion.CreatedUtc);

    private static bool IsSame(Assertion one, Assertion other) =>
        (one.Form, one.ProjectId, one.PermissionName, one.TeamId, one.RoleKey) == (other.Form, other.ProjectId, other.PermissionName, other.TeamId, other.RoleKey);

    private static AuditObject ObjectOf(Assertion assertion, string sentence) => new("assertion", assertion.Id, sentence);

    private sealed record NamedOnly(Guid? Team, string? Role);
}
