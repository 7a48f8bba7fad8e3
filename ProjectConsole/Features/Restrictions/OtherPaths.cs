using ProjectConsole.Components.Access;
using ProjectConsole.Domain.Access;
using ProjectConsole.Security;

namespace ProjectConsole.Features.Restrictions;

/// <summary>A restriction takes from one grant only: names who keeps, by another path, what it takes.</summary>
public static class OtherPaths
{
    /// <summary>One line for each person and project.</summary>
    /// <param name="change">The answer of a dry run.</param>
    /// <param name="restrictionId">The restriction.</param>
    /// <param name="denied">What it takes.</param>
    public static IReadOnlyList<string> Of(AccessChange change, Guid restrictionId, PermissionSet denied) =>
        [.. change.People.SelectMany(person => person.Projects.Select(project => LineOf(person, project, restrictionId, denied)).OfType<string>())];

    private static string? LineOf(PersonChange person, ProjectChange project, Guid restrictionId, PermissionSet denied)
    {
        if (project.After is not { } after)
        {
            return null;
        }

        var taken = after.Sources.Where(source => source.Grant?.RestrictionId == restrictionId)
            .Aggregate(PermissionSet.Empty, (set, source) => set | (source.Before & denied));
        var back = taken & after.Held;
        if (back.IsEmpty)
        {
            return null;
        }

        var paths = after.Sources.Where(source => !(source.After & back).IsEmpty && source.Grant?.RestrictionId != restrictionId).Select(AccessWords.Source).Distinct();
        return $"{person.Email} keeps {AccessWords.Count(back)} in {project.ProjectName} through {AccessWords.List([.. paths])}: {string.Join(", ", AccessWords.Summary(back).Take(3))}.";
    }
}
