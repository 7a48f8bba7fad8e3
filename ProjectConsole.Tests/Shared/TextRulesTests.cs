using ProjectConsole.Shared;

namespace ProjectConsole.Tests.Shared;

public sealed class TextRulesTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("  Vision \r\n", "Vision")]
    [InlineData("a\nb", "a\nb")]
    [InlineData("e\u0301", "\u00E9")]
    [InlineData("a\u0007b", "a\u0007b")]
    [InlineData("\U0001F600", "\U0001F600")]
    public void Clean_TypedText_IsComposedAndTrimmed(string? typed, string expected) => Assert.Equal(expected, TextRules.Clean(typed));

    [Theory]
    [InlineData("\0", "")]
    [InlineData("a\0b", "ab")]
    [InlineData(" \0 a", "a")]
    [InlineData("e\0\u0301", "\u00E9")]
    public void Clean_NullCharacter_IsLeftOut(string typed, string expected) => Assert.Equal(expected, TextRules.Clean(typed));

    // Built here: half a pair cannot stand in an attribute.
    [Fact]
    public void Clean_HalfASurrogatePair_IsReplaced() => Assert.Equal("a\uFFFDb", TextRules.Clean(string.Concat("a", (char)0xD83D, "b")));
}
