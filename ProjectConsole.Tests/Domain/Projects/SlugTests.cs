using ProjectConsole.Domain.Projects;

namespace ProjectConsole.Tests.Domain.Projects;

public sealed class SlugTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("speech-translation")]
    [InlineData("9lives")]
    [InlineData("a_b-c")]
    [InlineData("12345678901234567890123456789012345678901234567890")]
    public void Error_AllowedText_IsNull(string slug) => Assert.Null(Slug.Error(slug));

    [Theory]
    [InlineData("", "Project ID is required.")]
    [InlineData("my project", "Use only letters, numbers, hyphens and underscores.")]
    [InlineData("vision!", "Use only letters, numbers, hyphens and underscores.")]
    [InlineData("größe", "Use only letters, numbers, hyphens and underscores.")]
    [InlineData("vision\u202E", "Use only letters, numbers, hyphens and underscores.")]
    [InlineData("<script>", "Use only letters, numbers, hyphens and underscores.")]
    [InlineData("-a", "Project ID must start with a letter or a number.")]
    [InlineData("_a", "Project ID must start with a letter or a number.")]
    [InlineData("new", "\"new\" is reserved. Choose another Project ID.")]
    [InlineData("default", "\"default\" is reserved. Choose another Project ID.")]
    [InlineData("0199a1b2-0000-7000-8000-000000000000", "Project ID must not look like an internal id. Use a name that people recognize.")]
    [InlineData("123456789012345678901234567890123456789012345678901", "Project ID can have at most 50 characters; this has 51.")]
    public void Error_WrongText_SaysWhatIsWrong(string slug, string expected) => Assert.Equal(expected, Slug.Error(slug));

    [Theory]
    [InlineData("  Vision ", "vision")]
    [InlineData("SPEECH_2", "speech_2")]
    public void Clean_SpacesAndCapitals_AreFolded(string typed, string expected) => Assert.Equal(expected, Slug.Clean(typed));

    [Fact]
    public void Fold_HyphenAndUnderscore_CountAsEqual() => Assert.Equal(Slug.Fold("a-b"), Slug.Fold("a_b"));

    [Theory]
    [InlineData("Speech Translation", "speech-translation")]
    [InlineData("  Speech & Vision ", "speech-vision")]
    [InlineData("Modèle été", "modele-ete")]
    [InlineData("!!!", "")]
    [InlineData("日本", "")]
    [InlineData("a___b", "a_b")]
    public void Derive_Name_GivesWhatMayStandInIt(string name, string expected)
    {
        var derived = Slug.Derive(name);

        Assert.Equal(expected, derived);
        Assert.True(derived == "" || Slug.Error(derived) is null, derived);
    }

    [Fact]
    public void Derive_LongName_StaysWithinTheMost() => Assert.Equal(Slug.Longest, Slug.Derive(new string('x', 200)).Length);
}
