using ProjectConsole.Domain.Resources;

namespace ProjectConsole.Tests.Domain.Resources;

public sealed class ResourceReferenceTests
{
    private static readonly ResourceField OneKind = ResourceField.Reference("address", "Address", "ip-address");
    private static readonly ResourceField TwoKinds = ResourceField.Reference("of", "Of", "disk", "volume");

    [Theory]
    [InlineData("front", null, "front")]
    [InlineData("speech:front", "speech", "front")]
    public void Parse_FieldOfOneKind_TakesTheNameAlone(string text, string? project, string name)
    {
        var reference = Assert.NotNull(ResourceReference.Parse(OneKind, text));

        Assert.Equal(new ResourceReference(project, "ip-address", name), reference);
        Assert.Equal(text, reference.ToText(OneKind));
    }

    [Theory]
    [InlineData("volume/scratch", null, "volume")]
    [InlineData("disk/scratch", null, "disk")]
    [InlineData("speech:volume/scratch", "speech", "volume")]
    public void Parse_FieldOfSeveralKinds_TakesTheKindWithTheName(string text, string? project, string kind)
    {
        var reference = Assert.NotNull(ResourceReference.Parse(TwoKinds, text));

        Assert.Equal(new ResourceReference(project, kind, "scratch"), reference);
        Assert.Equal(text, reference.ToText(TwoKinds));
    }

    // A second spelling would pass every rule that compares what two resources name.
    [Theory]
    [InlineData("ip-address/front")]
    [InlineData("speech:ip-address/front")]
    [InlineData("/front")]
    [InlineData("volume/front")]
    [InlineData("front ")]
    [InlineData("Front")]
    [InlineData(":front")]
    [InlineData("speech:")]
    [InlineData("")]
    public void Parse_AnyOtherSpelling_NamesNothing(string text) => Assert.Null(ResourceReference.Parse(OneKind, text));

    [Theory]
    [InlineData("scratch")]
    [InlineData("speech:scratch")]
    [InlineData("bucket/scratch")]
    [InlineData("volume/disk/scratch")]
    [InlineData("volume/speech:scratch")]
    public void Parse_AnyOtherSpellingWhereThereAreSeveralKinds_NamesNothing(string text) => Assert.Null(ResourceReference.Parse(TwoKinds, text));
}
