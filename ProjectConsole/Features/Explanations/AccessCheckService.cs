using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Explanations;

/// <summary>Answers programs whether somebody may do something: the decision that pages and commands ask, with nothing remembered.</summary>
public sealed class AccessCheckService(IDbContextFactory<ConsoleDbContext> databases, AccessControl access)
{
    /// <summary>The most questions of one call.</summary>
    public const int Most = 100;

    /// <summary>
    /// Answers in the order of the questions. What the asker may not know of is not allowed, as what does not exist. Asking about
    /// somebody else needs <c>collaborators.view</c> there, and refuses all questions where it is missing.
    /// </summary>
    public async Task<Result<IReadOnlyList<AccessAnswer>>> CheckAsync(Actor actor, IReadOnlyList<AccessQuestion?> questions, CancellationToken ct = default)
    {
        if (questions.Count is 0 or > Most)
        {
            return new Invalid("questions", $"Ask between 1 and {Most} questions.");
        }

        if (questions.SelectMany((question, index) => Wrong(question, $"questions[{index}]")).ToArray() is { Length: > 0 } wrong)
        {
            return new Invalid(wrong);
        }

        var opened = new Dictionary<(string, string, string), EffectiveAccess?>();
        var answers = new List<AccessAnswer>(questions.Count);
        foreach (var question in questions.OfType<AccessQuestion>())
        {
            var permission = PermissionCatalogue.Get(question.Permission!);
            var place = (TextRules.Clean(question.Organization), permission.Scope == PermissionScope.Project ? TextRules.Clean(question.Project) : "", TextRules.Clean(question.User));
            if (!opened.TryGetValue(place, out var found))
            {
                var result = await OpenAsync(actor, place, ct);
                if (!result.Succeeded)
                {
                    return result.Error;
                }

                opened[place] = found = result.Value.Access;
            }

            answers.Add(new AccessAnswer(question, found?.May(permission) is true));
        }

        return answers;
    }

    private static IEnumerable<FieldError> Wrong(AccessQuestion? question, string place)
    {
        if (question is null)
        {
            yield return new(place, "Ask with an object.");
            yield break;
        }

        var permission = PermissionCatalogue.Find(question.Permission ?? "");
        if (permission is null or { Scope: PermissionScope.Installation })
        {
            yield return new($"{place}.permission", "Name a permission of GET /api/v1/permissions that is asked for in an organization or project.");
        }

        if (TextRules.Clean(question.Organization) == "")
        {
            yield return new($"{place}.organization", "Name the organization.");
        }

        if (permission is { Scope: PermissionScope.Project } && TextRules.Clean(question.Project) == "")
        {
            yield return new($"{place}.project", "Name the project: this permission is asked for in one.");
        }
    }

    // Wrapped, because nobody's access is an answer, too.
    private async Task<Result<Opened>> OpenAsync(Actor actor, (string Organization, string Project, string User) place, CancellationToken ct)
    {
        // The decision as commands ask it: what is deleted is restored by those who may, though nobody opens it.
        var project = place.Project == "" ? null : await access.InProjectAsync(actor, place.Organization, place.Project, ct);
        var organization = place.Project == "" ? await access.InOrganizationAsync(actor, place.Organization, ct) : null;
        if (place.User == "" || (actor.Credential is not KeyCredential && EmailAddress.Normalize(place.User) == EmailAddress.Normalize(actor.Name)))
        {
            return new Opened(project?.Access ?? organization?.Access);
        }

        if ((place.Project == "" ? AccessRefusal.InOrganization(organization, Permissions.MembersView) : AccessRefusal.InProject(project, Permissions.CollaboratorsView)) is { } refusal)
        {
            return refusal;
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        var email = EmailAddress.Normalize(place.User);
        var id = await db.Users.Where(user => user.NormalizedEmail == email).Select(user => (Guid?)user.Id).FirstOrDefaultAsync(ct);
        return new Opened(
            id is not { } userId ? null
            : project is not null ? (await access.InProjectAsync(db, userId, project.Scope, ct))?.Access
            : (await access.InOrganizationAsync(db, userId, organization!.Organization.Id, ct))?.Access);
    }

    private sealed record Opened(EffectiveAccess? Access);
}

/// <summary>A question: may somebody do something there?</summary>
/// <param name="Organization">The organization's slug.</param>
/// <param name="Project">The Project ID, for a permission of projects.</param>
/// <param name="Permission">The permission's name.</param>
/// <param name="User">The address of somebody else; null for whoever asks.</param>
public sealed record AccessQuestion(string? Organization, string? Project, string? Permission, string? User);

/// <summary>What the decision says to a question.</summary>
/// <param name="Question">The question.</param>
/// <param name="IsAllowed">Whether it may be done now.</param>
public sealed record AccessAnswer(AccessQuestion Question, bool IsAllowed);
