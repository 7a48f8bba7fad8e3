using ProjectConsole.Domain.Resources;
using static ProjectConsole.Domain.Resources.ResourceField;

namespace ProjectConsole.Tests.Features.Resources;

/// <summary>A kind that the product does not know, with a field of every type: what is made from it was written for no kind.</summary>
internal static class Kettle
{
    public static ResourceKind Kind { get; } = new("kettle", "kettles", "Kettle", "Kettles", "Kitchen", "coffee_maker")
    {
        Purpose = "Boils water.",
        Life = ResourceLives.Machine,
        Fields =
        [
            Text("maker", "Maker", "Who made it.").Required().AsColumn(),
            LongText("manual", "Manual"),
            Number("liters", "Volume", 1, 1_000, "liters").Required().AsColumn() with { Default = "2" },
            Switch("whistles", "Whistles", "When it is done."),
            Choice("color", "Color", "red=Red", "blue=Blue").Required().Fixed().AsColumn(),
            Reference("stove", "Stove", "cluster"),
            List("warnings", "Warnings"),
            Pairs("settings", "Settings"),
            Secret("code", "Code", "Opens the lid."),
            Table("cups", "Cups", Text("name", "Cup").Required(), Number("size", "Size", 1, 9), Choice("for", "For", "tea=Tea", "coffee=Coffee"), Reference("shelf", "Shelf", "volume")),
        ],
    };

    /// <summary>Every field filled in.</summary>
    public const string Full =
        """{"maker":"Acme","manual":"Fill it.\nBoil it.","liters":3,"whistles":true,"color":"red","stove":"stove-1","warnings":["hot","heavy"],"settings":{"tea":"95","coffee":"92"},"cups":[{"name":"blue cup","size":3,"for":"tea","shelf":"shelf-1"},{"name":"red cup"}]}""";
}
