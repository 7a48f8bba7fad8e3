using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Projects;

namespace ProjectConsole.Features.Explanations;

/// <summary>Names what takes something from what roles give: all of it is the difference between steps of the decision.</summary>
internal static class TakenParts
{
    public static IReadOnlyList<TakenPart> Of(EffectiveAccess access, IReadOnlyList<ExplainedPath> paths) =>
        [.. OfRestrictions(access, paths), .. OfCeiling(access), .. OfState(access)];

    private static IEnumerable<TakenPart> OfRestrictions(EffectiveAccess access, IReadOnlyList<ExplainedPath> paths) =>
        from path in paths
        let taken = path.Source.Before - path.Source.After
        where !taken.IsEmpty
        select new TakenPart(TakenBy.Restriction, path.Source.Grant!.RestrictionName, taken, taken & access.Granted, path);

    private static IEnumerable<TakenPart> OfCeiling(EffectiveAccess access)
    {
        if (access.IsCapped)
        {
            yield return new TakenPart(TakenBy.Ceiling, access.Facts.Membership?.Role.Title ?? "External", access.Granted - access.Held, PermissionSet.Empty);
        }
    }

    private static IEnumerable<TakenPart> OfState(EffectiveAccess access)
    {
        if (access.Facts.Project is { State: not ProjectState.Active } project && access.Held - access.Allowed is { IsEmpty: false } rested)
        {
            yield return new TakenPart(TakenBy.State, project.State.ToString(), rested, PermissionSet.Empty);
        }
    }
}
