using Microsoft.AspNetCore.Components;
using ProjectConsole.Security;

namespace ProjectConsole.Components.Access;

/// <summary>
/// Shows what a command would change: for one person in one project in full, for several people or projects as a list that
/// says who gains what, loses what, and what is kept by another path.
/// </summary>
public sealed partial class AccessChangeView
{
    private const int Shown = 8;

    private IReadOnlyList<PersonChange> _people = [];
    private bool _all;

    /// <summary>The answer of a dry run.</summary>
    [Parameter, EditorRequired]
    public required AccessChange Change { get; set; }

    /// <summary>Names the state to come: "After removal".</summary>
    [Parameter]
    public string AfterLabel { get; set; } = "Afterwards";

    /// <summary>Where what is lost came from: "Granted directly on 4 Mar 2026 by …".</summary>
    [Parameter]
    public string? Origin { get; set; }

    /// <summary>Whether the project's name must be shown, because the title around does not say it.</summary>
    [Parameter]
    public bool ShowsProject { get; set; } = true;

    /// <summary>Whether one person must be named, because the title around does not.</summary>
    [Parameter]
    public bool ShowsPerson { get; set; }

    /// <summary>Whether it is asked beside what becomes of API keys.</summary>
    [Parameter]
    public bool AsksForKeys { get; set; }

    private bool IsOne => Change is { People.Count: 1, MorePeople: 0 };

    private IEnumerable<(PersonChange Person, ProjectChange Change)> Lines => _people.SelectMany(person => Changed(person).Select(change => (person, change)));

    private int Hidden => _all ? 0 : Lines.Count() - Shown;

    private bool NamesProject => ShowsProject || Lines.Select(line => line.Change.ProjectId).Distinct().Skip(1).Any();

    private string Summary
    {
        get
        {
            var loses = _people.Count(person => Changed(person).Any(change => !change.Loses.IsEmpty));
            var gains = _people.Count(person => Changed(person).Any(change => !change.Gains.IsEmpty));
            return (gains, loses) switch
            {
                (_, 0) => $"{People(gains)} {(gains == 1 ? "gains" : "gain")} something.",
                (0, _) => $"{People(loses)} {(loses == 1 ? "loses" : "lose")} something.",
                _ => $"{People(gains)} {(gains == 1 ? "gains" : "gain")} something, {People(loses)} {(loses == 1 ? "loses" : "lose")} something.",
            };
        }
    }

    protected override void OnParametersSet() => _people = [.. Change.People.Where(person => Changed(person).Count > 0 || person.MoreProjects > 0)];

    private static IReadOnlyList<ProjectChange> Changed(PersonChange person) =>
        [.. person.Projects.Where(change => !change.Loses.IsEmpty || !change.Gains.IsEmpty)];

    // "gains 3 permissions; loses 57 permissions; keeps Viewer through team annotators"
    private static string Detail(ProjectChange change)
    {
        var parts = new List<string>(3);
        if (!change.Gains.IsEmpty)
        {
            parts.Add($"gains {AccessWords.Count(change.Gains)}");
        }

        if (!change.Loses.IsEmpty)
        {
            parts.Add($"loses {AccessWords.Count(change.Loses)}");
            if (change.KeepsThrough.Count > 0)
            {
                parts.Add($"keeps {AccessWords.Role(change.After)} through {AccessWords.List([.. change.KeepsThrough.Select(AccessWords.Source).Distinct()])}");
            }
        }

        return string.Join("; ", parts);
    }

    private static IEnumerable<string> RestrictedBy(ProjectChange change) =>
        change.After?.Sources.Where(source => source.After != source.Before).Select(source => source.Grant!.RestrictionName).Distinct() ?? [];

    private static string? CappedBy(ProjectChange change) => change.After is { } after && !after.Held.IsEmpty ? AccessWords.CappedBy(after) : null;

    private static string People(int count) => count == 1 ? "1 person" : $"{Counted(count)} people";
}
