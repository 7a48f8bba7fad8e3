using ProjectConsole.Domain.Access;

namespace ProjectConsole.Features.Projects;

/// <summary>Says in a few words where a person's role in a project comes from.</summary>
public static class RoleSources
{
    /// <summary>The source of the role, unless a direct grant gives it; then empty.</summary>
    public static string Note(EffectiveAccess access)
    {
        // The first source that alone gives the effective role; a direct grant needs no words.
        var giving = access.Sources.Where(source => access.Role is { } role && role.Permissions.IsSubsetOf(source.After)).ToList();
        if (giving.Count == 0 || giving.Exists(source => source.Kind == AccessSourceKind.Direct))
        {
            return "";
        }

        return giving[0] switch
        {
            { Kind: AccessSourceKind.OrganizationRole } source => $"Organization {source.RoleTitle}",
            { Kind: AccessSourceKind.DefaultProject } => "every member",
            { Kind: AccessSourceKind.Team } source => $"team {source.Via}",
            { Kind: AccessSourceKind.Workspace } source => $"workspace {source.Via}",
            _ => "",
        };
    }

    /// <summary>Whose ceiling caps the person.</summary>
    public static string CeilingOf(EffectiveAccess access) => access.Facts.Membership?.Role.Title ?? "External";
}
