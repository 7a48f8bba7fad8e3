using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ProjectConsole.Api;
using ProjectConsole.Domain.Resources;

namespace ProjectConsole.Features.Resources;

/// <summary>A resource in a list.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">Its name; of what others share, as references name it: project:name, or address:name.</param>
/// <param name="State">Its state.</param>
/// <param name="StateUtc">Since when.</param>
/// <param name="Labels">Free words.</param>
/// <param name="Spec">The fields of its kind; secrets are not among them.</param>
/// <param name="CreatedBy">Who made it, by the address at that time; empty for what another project shares.</param>
/// <param name="CreatedById">Who made it, as createdBy filters.</param>
/// <param name="CreatedUtc">When it was made.</param>
/// <param name="LastUsedUtc">When it was last used.</param>
public sealed record ResourceBody(
    string Kind, string Name, string State, DateTime StateUtc, IReadOnlyList<string> Labels, JsonObject Spec, string CreatedBy, Guid CreatedById, DateTime CreatedUtc, DateTime LastUsedUtc)
{
    internal static ResourceBody Of(ResourceRow row) => new(
        row.Kind, row.Name, row.State, row.StateUtc, row.Labels, row.ReadSpec().ToJson(), row.CreatedByName, row.CreatedBy, row.CreatedUtc, row.LastUsedUtc);

    internal static ResourceBody Of(SharedResource shared) => Of(shared.Row with { Name = shared.Name });
}

/// <summary>A resource with its project.</summary>
/// <param name="Project">The Project ID.</param>
/// <param name="Resource">The resource.</param>
public sealed record ProjectResourceBody(string Project, ResourceBody Resource)
{
    internal static ProjectResourceBody Of(ProjectResourceRow row) => new(row.ProjectSlug, ResourceBody.Of(row.Resource));
}

/// <summary>One resource with what is around it.</summary>
/// <param name="Uid">What it is known by for ever.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for.</param>
/// <param name="State">Its state.</param>
/// <param name="StateUtc">Since when.</param>
/// <param name="Labels">Free words.</param>
/// <param name="Spec">The fields of its kind; secrets are not among them.</param>
/// <param name="FilledSecrets">Names of the secret fields that were written.</param>
/// <param name="Project">The project that shares it, where it is another one's.</param>
/// <param name="CreatedBy">Who made it, by the address at that time.</param>
/// <param name="CreatedUtc">When it was made.</param>
/// <param name="ChangedUtc">When it was last changed.</param>
/// <param name="LastUsedUtc">When it was last used.</param>
/// <param name="DependsOn">The resources that it names.</param>
/// <param name="UsedBy">The newest of those that name it.</param>
/// <param name="UsedByCount">How many name it.</param>
/// <param name="History">The states that it entered, newest first.</param>
/// <param name="Actions">What can be done to it in its state.</param>
public sealed record ResourceDetailBody(
    Guid Uid, string Kind, string Name, string Description, string State, DateTime StateUtc, IReadOnlyList<string> Labels, JsonObject Spec, IReadOnlyList<string> FilledSecrets, string? Project,
    string CreatedBy, DateTime CreatedUtc, DateTime ChangedUtc, DateTime LastUsedUtc, IReadOnlyList<RelatedResourceBody> DependsOn, IReadOnlyList<RelatedResourceBody> UsedBy, int UsedByCount,
    IReadOnlyList<StateEntryBody> History, IReadOnlyList<string> Actions)
{
    internal static ResourceDetailBody Of(ResourceDetail detail)
    {
        var row = detail.Row;
        return new(
            row.Id, row.Kind, row.Name, detail.Description, row.State, row.StateUtc, row.Labels, row.ReadSpec().ToJson(), detail.FilledSecrets, detail.Source?.Slug, row.CreatedByName,
            row.CreatedUtc, detail.ChangedUtc, row.LastUsedUtc, [.. detail.DependsOn.Select(RelatedResourceBody.Of)], [.. detail.UsedBy.Shown.Select(RelatedResourceBody.Of)], detail.UsedBy.Count,
            [.. detail.History.Select(entry => new StateEntryBody(entry.State, entry.WhenUtc, entry.ByName, entry.Because))],
            detail.Acts.MayOperate ? [.. ResourceKinds.Get(row.Kind).Life.In(row.State).Select(action => action.Name)] : []);
    }
}

/// <summary>A resource beside another.</summary>
/// <param name="Relation">The field or lineage that leads to it.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">Its name; null where the caller may not see it.</param>
/// <param name="State">Its state; null where the caller may not see it.</param>
/// <param name="Project">Its project, where it is another one's.</param>
public sealed record RelatedResourceBody(string Relation, string Kind, string? Name, string? State, string? Project)
{
    internal static RelatedResourceBody Of(RelatedResource related) => new(related.Relation, related.Kind, related.Name, related.State, related.Source);
}

/// <summary>A resource entered a state.</summary>
/// <param name="State">The state.</param>
/// <param name="WhenUtc">When.</param>
/// <param name="By">Who did it.</param>
/// <param name="Because">What made it so.</param>
public sealed record StateEntryBody(string State, DateTime WhenUtc, string By, string Because);

/// <summary>How many resources there are of a kind.</summary>
/// <param name="Kind">The kind, as addresses name it.</param>
/// <param name="Count">How many.</param>
/// <param name="States">How many in each state.</param>
public sealed record KindCountBody(string Kind, int Count, IReadOnlyDictionary<string, int> States)
{
    internal static KindCountBody Of(KindCount count) =>
        new(ResourceKinds.Get(count.Kind).Plural, count.Count, count.States.ToDictionary(state => state.State, state => state.Count));
}

/// <summary>A resource to create. A run or job starts by it.</summary>
/// <param name="Name">1 to 63 of a-z 0-9 - _ . and unique among those of its kind; it stays.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Labels">Free words.</param>
/// <param name="Spec">The fields of its kind.</param>
public sealed record NewResourceBody(
    string? Name, string? Description, IReadOnlyList<string?>? Labels, [property: JsonConverter(typeof(FreeFields))] JsonObject? Spec);

/// <summary>What was made.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">Its name.</param>
public sealed record CreatedResourceBody(string Kind, string Name);

/// <summary>A change of a resource; what is not sent stays.</summary>
/// <param name="Description">What it is for.</param>
/// <param name="Labels">Free words, all of them.</param>
/// <param name="Spec">Some of the fields of its kind: a field that is not sent stays, one that is null is emptied.</param>
public sealed record ResourceChangeBody(string? Description, IReadOnlyList<string?>? Labels, [property: JsonConverter(typeof(FreeFields))] JsonObject? Spec)
{
    internal ResourceDraft Over(ResourceDetail current)
    {
        var spec = current.Row.ReadSpec().ToJson();
        foreach (var (name, value) in Spec ?? [])
        {
            spec[name] = value?.DeepClone();
        }

        return new ResourceDraft(
            current.Row.Name, Description ?? current.Description, Labels is null ? current.Row.Labels : [.. Labels.Select(label => label ?? "")], spec);
    }

    internal static ResourceDetail Tried(ResourceKind kind, ResourceDetail current, ResourceDraft draft)
    {
        var shown = draft.Spec.Where(field => field.Value is not null && kind.Field(field.Key) is not { Type: FieldType.Secret })
            .Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone()));
        return current with
        {
            Description = draft.Description,
            Row = current.Row with { Labels = draft.Labels, SpecText = new JsonObject(shown).ToJsonString() },
        };
    }
}
