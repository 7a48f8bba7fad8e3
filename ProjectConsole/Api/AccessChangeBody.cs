using ProjectConsole.Security;

namespace ProjectConsole.Api;

/// <summary>What a change of access did, or in a dry run would do.</summary>
/// <param name="DryRun">Whether nothing was changed.</param>
/// <param name="Entry">The audit entry of the act, by which it can be undone; null in a dry run, and where the act cannot be.</param>
/// <param name="People">In a dry run: who would gain or lose something.</param>
/// <param name="MorePeople">How many further people it concerns.</param>
/// <param name="Keys">In a dry run: the project keys of people who lose something. They go on working unless revokeKey names them.</param>
/// <param name="MoreKeys">How many more such keys there are.</param>
/// <param name="Notes">What is left as it is, or ends too, though one could expect otherwise.</param>
public sealed record AccessChangeBody(
    bool DryRun, long? Entry, IReadOnlyList<PersonChangeBody> People, int MorePeople, IReadOnlyList<AffectedKeyBody> Keys, int MoreKeys, IReadOnlyList<string> Notes)
{
    /// <summary>The change as callers read it.</summary>
    public static AccessChangeBody Of(AccessChange change, bool dryRun) => new(
        dryRun, change.EntryId,
        [.. change.People.Select(person => new PersonChangeBody(
            person.Email,
            [.. person.Projects.Select(project => new ProjectChangeBody(project.ProjectSlug, ApiJson.Names(project.Gains), ApiJson.Names(project.Loses), project.KeepsThrough.Count > 0))],
            person.MoreProjects))],
        change.MorePeople, [.. change.Keys.Select(key => new AffectedKeyBody(key.Id, key.Name, key.Project, key.CreatedByName))], change.MoreKeys, change.Notes);
}

/// <summary>A project key of somebody who loses something.</summary>
/// <param name="Id">What revokeKey names.</param>
/// <param name="Name">For people.</param>
/// <param name="Project">Its project.</param>
/// <param name="Email">Who made it.</param>
public sealed record AffectedKeyBody(Guid Id, string Name, string Project, string Email);

/// <summary>What changes for one person.</summary>
/// <param name="Email">Who.</param>
/// <param name="Projects">Where something can change.</param>
/// <param name="MoreProjects">How many further projects are not listed.</param>
public sealed record PersonChangeBody(string Email, IReadOnlyList<ProjectChangeBody> Projects, int MoreProjects);

/// <summary>What changes for one person in one project.</summary>
/// <param name="Project">The Project ID.</param>
/// <param name="Gains">Permissions that come.</param>
/// <param name="Loses">Permissions that go.</param>
/// <param name="KeepsAccess">Whether anything is left.</param>
public sealed record ProjectChangeBody(string Project, IReadOnlyList<string> Gains, IReadOnlyList<string> Loses, bool KeepsAccess);
