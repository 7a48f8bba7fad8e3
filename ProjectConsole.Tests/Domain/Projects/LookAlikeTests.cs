using ProjectConsole.Domain.Projects;

namespace ProjectConsole.Tests.Domain.Projects;

public sealed class LookAlikeTests
{
    [Theory]
    [InlineData("Vision", "vision")]
    [InlineData("Vision", "VISION")]
    // Width, accents, a joiner, a space that does not break.
    [InlineData("Vision", "Ｖｉｓｉｏｎ")]
    [InlineData("Vision", "Visiön")]
    [InlineData("Vision", "Visi\u0307on")]
    [InlineData("Vision", "Vis\u200dion")]
    [InlineData("Speech data", "Speech\u00a0data")]
    // Cyrillic, Greek, digits, dashes.
    [InlineData("Speech", "Ѕреесһ")]
    [InlineData("Speech", "Spеech")]
    [InlineData("BETA", "ВЕТА")]
    [InlineData("BETA", "ΒΕΤΑ")]
    [InlineData("vision", "νision")]
    [InlineData("go", "g0")]
    [InlineData("churn-eu", "churn–eu")]
    public void Skeleton_NamesThatLookTheSame_AreEqual(string one, string other)
    {
        Assert.NotEqual(one, other);
        Assert.Equal(LookAlike.Skeleton(one), LookAlike.Skeleton(other));
    }

    [Theory]
    [InlineData("Vision", "Visions")]
    [InlineData("Vision", "Fission")]
    [InlineData("churn", "burn")]
    [InlineData("run 2", "run 3")]
    [InlineData("Привет", "Vision")]
    [InlineData("研究", "調査")]
    public void Skeleton_NamesThatLookDifferent_Differ(string one, string other) =>
        Assert.NotEqual(LookAlike.Skeleton(one), LookAlike.Skeleton(other));

    [Theory]
    [InlineData(@"100%_[a]\", @"___\%\_\[_]\\")]
    [InlineData("fjz", "f__")]
    public void Pattern_Name_LeavesOpenWhatHasADoubleAndEscapesTheRest(string name, string pattern) =>
        Assert.Equal(pattern, LookAlike.Pattern(LookAlike.Skeleton(name)));
}
