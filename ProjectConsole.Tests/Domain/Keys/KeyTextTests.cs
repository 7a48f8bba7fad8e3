using ProjectConsole.Domain.Keys;

namespace ProjectConsole.Tests.Domain.Keys;

public sealed class KeyTextTests
{
    private static readonly string Text = KeyText.Create(KeyPrefix.ProjectKey, Guid.Parse("01936d2e-0000-7000-8000-000000000001")).ToString();

    [Theory]
    [InlineData(KeyPrefix.ProjectKey, "pck_")]
    [InlineData(KeyPrefix.PersonalToken, "pct_")]
    public void TryParse_WhatWasMade_IsReadBack(KeyPrefix prefix, string start)
    {
        var made = KeyText.Create(prefix, Guid.NewGuid());

        Assert.StartsWith(start, made.ToString(), StringComparison.Ordinal);
        Assert.True(KeyText.TryParse(made.ToString(), out var read));
        Assert.Equal(made, read);
        Assert.Equal(64, made.Secret.Length);
        Assert.DoesNotContain(made.Secret, made.Hash(), StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_OneCharacterChangedAnywhere_IsNoKey()
    {
        for (var index = 0; index < Text.Length; index++)
        {
            var changed = Text[index] == '0' ? '1' : '0';
            Assert.False(KeyText.TryParse($"{Text[..index]}{changed}{Text[(index + 1)..]}", out _), $"character {index}");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("pck_")]
    [InlineData("Bearer")]
    [InlineData("pck_01936d2e000070008000000000000001_short")]
    public void TryParse_WhatCannotBeAKey_IsNone(string text) => Assert.False(KeyText.TryParse(text, out _));

    [Fact]
    public void TryParse_UpperCaseOrMore_IsNone()
    {
        Assert.False(KeyText.TryParse(Text.ToUpperInvariant(), out _));
        Assert.False(KeyText.TryParse(Text + " ", out _));
        Assert.False(KeyText.TryParse(null, out _));
    }

    [Fact]
    public void Shown_IsTheEndOfTheId_WhichDiffersAndTellsNothingOfTheSecret() =>
        Assert.Equal("pck_…0a0b0c0d", KeyText.Shown(KeyPrefix.ProjectKey, Guid.Parse("01936d2e-0000-7000-8000-00000a0b0c0d")));

    [Fact]
    public void Match_FormerSecret_OpensWhileItsGraceRuns()
    {
        var (now, later) = (new DateTime(2026, 11, 21, 0, 0, 0, DateTimeKind.Utc), new DateTime(2026, 11, 22, 0, 0, 0, DateTimeKind.Utc));

        Assert.True(KeySecrets.Match("a", "a", null, null, now));
        Assert.True(KeySecrets.Match("b", "a", "b", later, now));
        Assert.False(KeySecrets.Match("b", "a", "b", later, later));
        Assert.False(KeySecrets.Match("c", "a", "b", later, now));
        Assert.False(KeySecrets.Match("", null, null, null, now));
    }
}
