using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Roles;

/// <summary>Who may write which roles and restrictions, and what may stand in them; commands refuse by it, and pages ask it first.</summary>
internal static class RoleRules
{
    /// <summary>The most custom roles, and the most restrictions, of one organization or project.</summary>
    public const int Most = 200;

    /// <summary>What the actor may give: what is held in the project, or in every project of the organization.</summary>
    public static PermissionSet Own(EffectiveAccess actor) =>
        actor.Facts.Project is null ? actor.Everywhere : actor.Held;

    /// <summary>What the actor may give for good: without what is held only until a date.</summary>
    private static PermissionSet OwnForGood(EffectiveAccess actor) => actor.Facts.Project is null ? Own(actor) : actor.HeldUntil(null);

    /// <summary>The refusal where a set that others hold goes beyond what the actor may give for good; null where it does not.</summary>
    public static Error? ExceedingForGood(EffectiveAccess actor, PermissionSet set) =>
        Exceeding(Own(actor), set) ?? (set.IsSubsetOf(OwnForGood(actor)) ? null : new OutlivesOwn(actor.HoldsUntil(set) ?? actor.Facts.Now));

    /// <summary>The refusal where a set goes beyond what the actor may give; null where it does not.</summary>
    public static Error? Exceeding(PermissionSet own, PermissionSet set) => set - own is { IsEmpty: false } missing ? new ExceedsOwn(missing) : null;

    /// <summary>The refusal to read the roles and restrictions of an owner; null where the actor may.</summary>
    public static async Task<Error?> RefuseToViewAsync(AccessControl access, ConsoleDbContext db, Actor actor, RoleOwner owner, CancellationToken ct) =>
        owner.ProjectId is { } projectId
            ? AccessRefusal.InProject(await access.InProjectAsync(db, actor, new ProjectScope(owner.OrganizationId, projectId), ct), Permissions.RolesView)
            : AccessRefusal.InOrganization(await access.InOrganizationAsync(db, actor, owner.OrganizationId, ct), Permissions.OrganizationRolesView);

    /// <summary>A name in one form: composed, trimmed, single spaces.</summary>
    public static string CleanName(string? typed) => string.Join(' ', TextRules.Clean(typed).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The sentence for what is wrong with a name, or null.</summary>
    public static string? NameProblem(string cleaned, string what, int longest) =>
        TextRules.NameError(cleaned, what, longest)
        ?? (TextRules.Fold(cleaned).Any(char.IsLetterOrDigit) ? null : $"{what} needs a letter or a digit.")
        ?? (TextRules.MixesAlphabets(cleaned) ? $"{what} mixes letters of several alphabets that look alike. Type it again in one." : null);

    /// <summary>The sentence for a name that another role or restriction has.</summary>
    public static string Taken(string name) => $"{name} is taken here. Upper and lower case count as equal.";
}
