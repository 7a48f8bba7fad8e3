namespace ProjectConsole.Components.Controls;

/// <summary>What an input needs to belong to its label, help and error; write <c>@attributes="field.Attributes"</c> on it.</summary>
public sealed record FieldContext(string Id, string LabelId, string? DescribedBy, bool IsInvalid, bool IsRequired)
{
    public IReadOnlyDictionary<string, object> Attributes
    {
        get
        {
            var attributes = new Dictionary<string, object> { ["id"] = Id, ["aria-labelledby"] = LabelId };
            if (DescribedBy is not null)
            {
                attributes["aria-describedby"] = DescribedBy;
            }
            if (IsInvalid)
            {
                attributes["aria-invalid"] = "true";
            }
            if (IsRequired)
            {
                attributes["aria-required"] = "true";
            }
            return attributes;
        }
    }
}
