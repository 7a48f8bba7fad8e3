using Bunit;
using ProjectConsole.Components.Controls;

namespace ProjectConsole.Tests.Components.Controls;

public sealed class FormControlsTests : BunitContext
{
    [Theory]
    [InlineData("vision", true)]
    [InlineData(" vision ", true)]
    [InlineData("Vision", false)]
    [InlineData("visio", false)]
    public void TypedConfirmation_Text_ConfirmsOnlyTheExactIdentifier(string typed, bool confirms)
    {
        var isConfirmed = false;
        var field = Render<TypedConfirmation>(parameters => parameters
            .Add(f => f.Expected, "vision").Add(f => f.IsConfirmedChanged, value => isConfirmed = value));

        field.Find("input").Input(typed);

        Assert.Equal(confirms, isConfirmed);
    }

    [Fact]
    public void RadioCards_Change_ReportsTheValue()
    {
        var chosen = "team";
        RadioCard<string>[] cards = [new("team", "Team"), new("environment", "Environment"), new("workload", "Workload") { DisabledReason = "Not here." }];
        var choice = Render<RadioCards<string>>(parameters => parameters
            .Add(c => c.Legend, "Structure").Add(c => c.Cards, cards).Add(c => c.Value, chosen).Add(c => c.ValueChanged, value => chosen = value));

        choice.FindAll("input")[1].Change("on");

        Assert.Equal("environment", chosen);
        Assert.True(choice.FindAll("input")[2].HasAttribute("disabled"));
        Assert.Contains("Not here.", choice.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Stepper_Second_MarksItAndTheDoneOne()
    {
        var stepper = Render<Stepper>(parameters => parameters.Add(s => s.Steps, ["Details", "Settings", "Review"]).Add(s => s.Current, 2));

        Assert.Equal("Step 2 of 3", stepper.Find("nav").GetAttribute("aria-label"));
        Assert.EndsWith("Settings", Assert.Single(stepper.FindAll("[aria-current=step]")).TextContent.Trim(), StringComparison.Ordinal);
        Assert.Contains("Details", Assert.Single(stepper.FindAll(".step-done")).TextContent, StringComparison.Ordinal);
    }
}
