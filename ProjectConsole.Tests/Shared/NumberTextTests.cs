using ProjectConsole.Domain.Projects;
using ProjectConsole.Shared;

namespace ProjectConsole.Tests.Shared;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData("15", 15)]
    [InlineData(" 15 ", 15)]
    [InlineData("-3", -3)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Read_WholeNumberOrNothing_IsTaken(string? typed, int? expected)
    {
        var errors = new List<FieldError>();

        Assert.Equal(expected, WholeNumber.Read(typed, "Projects", errors));
        Assert.Empty(errors);
    }

    [Theory]
    [InlineData("1,5")]
    [InlineData("1,000")]
    [InlineData("1.5")]
    [InlineData("x")]
    [InlineData("99999999999")]
    public void Read_NoWholeNumber_IsAnErrorOfTheField(string typed)
    {
        var errors = new List<FieldError>();

        Assert.Null(WholeNumber.Read(typed, "Projects", errors));
        Assert.Equal("Projects", Assert.Single(errors).Field);
    }

    [Theory]
    [InlineData("2", 2)]
    [InlineData("-2", -2)]
    [InlineData("x", null)]
    [InlineData("1,5", null)]
    [InlineData("99999999999", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void WholeNumber_OfAnAddress_IsTheNumberOrNothing(string? text, int? expected) => Assert.Equal(expected, QueryText.WholeNumber(text));

    [Theory]
    [InlineData("1", true)]
    [InlineData("Yes", true)]
    [InlineData("TRUE", true)]
    [InlineData("0", false)]
    [InlineData("x", false)]
    [InlineData(null, false)]
    public void Flag_OfAnAddress_IsYesOrNo(string? text, bool expected) => Assert.Equal(expected, QueryText.Flag(text));

    [Theory]
    [InlineData("deleted", ProjectState.Deleted)]
    [InlineData("DELETED", ProjectState.Deleted)]
    [InlineData("1", null)]
    [InlineData("x", null)]
    public void Named_OfAnAddress_IsReadByNameAlone(string text, ProjectState? expected) => Assert.Equal(expected, QueryText.Named<ProjectState>(text));
}
