using ProjectConsole.Domain.Resources;

namespace ProjectConsole.Features.Resources;

/// <summary>A resource while it is typed.</summary>
public sealed class ResourceForm
{
    private ResourceForm(SpecDraft spec) => Spec = spec;

    /// <summary>Its name; it stays once it is made.</summary>
    public string Name { get; set; } = "";

    /// <summary>What it is for.</summary>
    public string Description { get; set; } = "";

    /// <summary>Labels, separated by commas.</summary>
    public string Labels { get; set; } = "";

    /// <summary>The fields of its kind.</summary>
    public SpecDraft Spec { get; }

    /// <summary>Begins a new one with the defaults of its kind.</summary>
    public static ResourceForm New(ResourceKind kind) => new(SpecDraft.New(kind.Fields));

    /// <summary>Begins with what is there.</summary>
    public static ResourceForm Of(ResourceKind kind, ResourceDetail detail) => new(SpecDraft.Of(kind.Fields, detail.Row.ReadSpec(), detail.FilledSecrets))
    {
        Name = detail.Row.Name,
        Description = detail.Description,
        Labels = string.Join(", ", detail.Row.Labels),
    };

    /// <summary>What was typed, without what was left empty.</summary>
    public ResourceDraft Typed()
    {
        Spec.Tidy();
        return new ResourceDraft(Name, Description, Labels.Split(','), Spec.ToJson());
    }
}
