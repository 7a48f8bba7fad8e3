using ProjectConsole.Domain.Access;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Roles;

/// <summary>What a person chose for an organization role.</summary>
/// <param name="Name">Its name, as typed.</param>
/// <param name="Description">What it is for, as typed.</param>
/// <param name="Rights">Names of its permissions in the organization.</param>
/// <param name="InEveryProject">Stored name of the built-in project role that its holders have everywhere; empty or null for none.</param>
/// <param name="Ceiling">Names of the most that its holders can have in any project; null for no cap.</param>
public sealed record OrganizationRoleDraft(
    string Name, string Description, IReadOnlyList<string> Rights, string? InEveryProject, IReadOnlyList<string>? Ceiling)
{
    private static readonly PermissionSet Always = PermissionSet.Of(Permissions.OrganizationView);

    internal (CheckedOrganizationRole? Role, Error? Refusal) Check()
    {
        var (name, description) = (RoleRules.CleanName(Name), TextRules.Clean(Description));
        var (rights, rightsProblem) = PermissionChoice.Read(Rights, OrganizationRole.MostOfCustom);
        var (ceiling, ceilingProblem) = Ceiling is null ? (PermissionCatalogue.Project, null) : PermissionChoice.Read(Ceiling, PermissionCatalogue.Project);
        var everywhere = ProjectRole.Find(InEveryProject);
        var errors = new List<FieldError>();
        RoleDraft.Add(errors, nameof(Name), RoleRules.NameProblem(name, "Role name", CustomProjectRole.LongestName) ?? BuiltInProblem(name));
        RoleDraft.Add(errors, nameof(Description), TextRules.TextError(description, "Description", CustomProjectRole.LongestDescription));
        RoleDraft.Add(errors, nameof(Rights), rightsProblem);
        RoleDraft.Add(errors, nameof(InEveryProject), everywhere is null && !string.IsNullOrEmpty(InEveryProject) ? "Choose one of the roles offered." : null);
        RoleDraft.Add(errors, nameof(Ceiling), ceilingProblem);
        return errors.Count > 0 ? (null, new Invalid(errors))
            : (new CheckedOrganizationRole(name, description, rights | Always, everywhere, ceiling | PermissionSet.Of(Permissions.ProjectView)), null);
    }

    private static string? BuiltInProblem(string name) => OrganizationRole.All.Any(role => TextRules.Fold(role.Title) == TextRules.Fold(name)) || TextRules.Fold(name) == "external"
        ? $"{name} is a role that the console brings. Choose another name."
        : null;
}

/// <summary>A draft whose texts and permissions are in order.</summary>
internal sealed record CheckedOrganizationRole(
    string Name, string Description, PermissionSet Rights, ProjectRole? InEveryProject, PermissionSet Ceiling);
