using Bunit;
using ProjectConsole.Components.Controls;

namespace ProjectConsole.Tests.Components.Controls;

public sealed class MarksTests : BunitContext
{
    [Theory]
    [InlineData("<script>")]
    [InlineData("more vert")]
    [InlineData("a\"b")]
    public void Icon_NoNameOfTheFont_IsRefused(string name) => Assert.Throws<ArgumentException>(() => Marks.Icon(name));

    [Theory]
    [InlineData("project-admin@acme.test", "PA")]
    [InlineData("developer@acme.test", "DE")]
    [InlineData("vision-core", "VC")]
    [InlineData("x", "X")]
    [InlineData("@acme.test", "?")]
    public void Of_Name_GivesTwoLetters(string name, string letters) => Assert.Equal(letters, Initials.Of(name));

    [Theory]
    [InlineData("Active", "state-success")]
    [InlineData("Suspended", "state-neutral")]
    [InlineData("Pending", "state-warning")]
    [InlineData("Deleted", "state-danger")]
    public void State_Word_HasItsShape(string state, string shape)
    {
        var mark = Render(Marks.State(state)).Find("span");

        Assert.Equal(state, mark.TextContent);
        Assert.Contains(shape, mark.ClassList);
    }

    [Theory]
    [InlineData("Admin", true)]
    [InlineData("Manager", false)]
    public void Role_Name_OnlyAdminIsTinted(string role, bool tinted) =>
        Assert.Equal(tinted, Render(Marks.Role(role)).Find("span").ClassList.Contains("chip-primary"));

    [Fact]
    public void Identifier_Value_CanBeCopiedUnderItsName()
    {
        var button = Render(Marks.Identifier("vision", "Project ID")).Find("button");

        Assert.Equal("Copy Project ID vision", button.GetAttribute("aria-label"));
        Assert.Equal("vision", button.GetAttribute("data-copy"));
    }

    [Theory]
    [InlineData(13, 16, 81, null)]
    [InlineData(14, 16, 88, "limit-warning")]
    [InlineData(16, 16, 100, "limit-danger")]
    [InlineData(20, 16, 100, "limit-danger")]
    [InlineData(0, 4, 0, null)]
    public void Limit_Used_TellsHowNear(int used, int limit, int percent, string? level)
    {
        var gauge = Render(Gauges.Limit("GPU", used, limit));

        var meter = gauge.Find("[role=meter]");
        Assert.Equal(percent.ToString(System.Globalization.CultureInfo.InvariantCulture), meter.GetAttribute("aria-valuenow"));
        Assert.Equal(level, gauge.Find(".limit").ClassList.FirstOrDefault(name => name is "limit-warning" or "limit-danger"));
    }

    [Theory]
    [InlineData(-30, "now")]
    [InlineData(-12 * 60, "12 min ago")]
    [InlineData(-3 * 3600, "3 h ago")]
    [InlineData(-20 * 3600, "yesterday")]
    [InlineData(-15 * 86400, "5 Nov")]
    [InlineData(-400 * 86400, "16 Oct 2025")]
    [InlineData(12 * 60, "in 12 min")]
    [InlineData(86400, "tomorrow")]
    public void Relative_Seconds_ReadAsPeopleSayIt(int seconds, string text)
    {
        var now = new DateTime(2026, 11, 20, 14, 32, 8, DateTimeKind.Utc);

        Assert.Equal(text, TimeText.Relative(now.AddSeconds(seconds), now));
    }

    [Fact]
    public void Sparkline_AllZero_LiesAtTheFoot()
    {
        var path = Render(Gauges.Sparkline([0, 0, 0], "Activity")).Find("path");

        Assert.Equal("M-2 20 L-2 16 L0 16 L24 16 L48 16 L50 16 L50 20Z", path.GetAttribute("d"));
    }
}
