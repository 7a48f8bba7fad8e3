using ProjectConsole.Domain.Access;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Roles;

/// <summary>What a person chose for a project role.</summary>
/// <param name="Name">Its name, as typed.</param>
/// <param name="Description">What it is for, as typed.</param>
/// <param name="BasedOn">Stored name of the built-in role that it starts from.</param>
/// <param name="Permissions">Names of the permissions; what they include comes with them.</param>
public sealed record RoleDraft(string Name, string Description, string BasedOn, IReadOnlyList<string> Permissions)
{
    internal (CheckedRole? Role, Error? Refusal) Check()
    {
        var (name, description) = (RoleRules.CleanName(Name), TextRules.Clean(Description));
        var (set, problem) = PermissionChoice.Read(Permissions, PermissionCatalogue.Project);
        var errors = new List<FieldError>();
        Add(errors, nameof(Name), RoleRules.NameProblem(name, "Role name", CustomProjectRole.LongestName) ?? BuiltInProblem(name));
        Add(errors, nameof(Description), TextRules.TextError(description, "Description", CustomProjectRole.LongestDescription));
        Add(errors, nameof(BasedOn), ProjectRole.Find(BasedOn) is null ? "Choose the built-in role that it starts from." : null);
        Add(errors, nameof(Permissions), problem);
        return errors.Count > 0 ? (null, new Invalid(errors))
            : (new CheckedRole(name, description, BasedOn, set | PermissionSet.Of(Domain.Access.Permissions.ProjectView)), null);
    }

    internal static void Add(List<FieldError> errors, string field, string? problem)
    {
        if (problem is not null)
        {
            errors.Add(new FieldError(field, problem));
        }
    }

    private static string? BuiltInProblem(string name) => ProjectRole.All.Any(role => TextRules.Fold(role.Title) == TextRules.Fold(name))
        ? $"{name} is a role that the console brings. Choose another name."
        : null;
}

/// <summary>A draft whose texts and permissions are in order.</summary>
internal sealed record CheckedRole(string Name, string Description, string BasedOn, PermissionSet Permissions);
