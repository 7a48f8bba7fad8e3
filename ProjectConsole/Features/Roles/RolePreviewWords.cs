using ProjectConsole.Components.Controls;
using ProjectConsole.Security;

namespace ProjectConsole.Features.Roles;

/// <summary>A preview in one line.</summary>
internal static class RolePreviewWords
{
    /// <summary>"4 people: 2 gain, 1 loses something, 1 stays the same."</summary>
    public static string Summary(AccessChange change)
    {
        var gain = change.People.Count(person => person.Projects.Any(project => !project.Gains.IsEmpty));
        var lose = change.People.Count(person => person.Projects.Any(project => !project.Loses.IsEmpty));
        var same = change.People.Count(person => person.Projects.All(project => project.Gains.IsEmpty && project.Loses.IsEmpty));
        string?[] parts =
        [
            gain > 0 ? $"{gain} {(gain == 1 ? "gains" : "gain")} something" : null,
            lose > 0 ? $"{lose} {(lose == 1 ? "loses" : "lose")} something" : null,
            same > 0 ? $"for {same} nothing changes" : null,
            change.MorePeople > 0 ? $"{Numbers.Whole(change.MorePeople)} more are not listed" : null,
        ];
        return $"{(change.People.Count == 1 ? "One person" : $"{Numbers.Whole(change.People.Count)} people")}: {string.Join(", ", parts.OfType<string>())}. Takes effect within one second.";
    }
}
