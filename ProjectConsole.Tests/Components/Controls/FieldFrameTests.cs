using Bunit;
using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Controls;

namespace ProjectConsole.Tests.Components.Controls;

public sealed class FieldFrameTests : BunitContext
{
    private static readonly RenderFragment<FieldContext> Input = field => builder =>
    {
        builder.OpenElement(0, "input");
        builder.AddMultipleAttributes(1, field.Attributes);
        builder.CloseElement();
    };

    [Fact]
    public void Render_WithHelpAndError_DescribesTheInputByBoth()
    {
        var frame = Render<FieldFrame>(parameters => parameters
            .Add(f => f.Label, "Project ID").Add(f => f.Help, "1 to 50 letters.").Add(f => f.Error, "Taken.").Add(f => f.ChildContent, Input));

        var input = frame.Find("input");
        var described = input.GetAttribute("aria-describedby")!.Split(' ').Select(id => frame.Find($"#{id}").TextContent);
        Assert.Collection(described, text => Assert.EndsWith("Taken.", text, StringComparison.Ordinal), text => Assert.Equal("1 to 50 letters.", text));
        Assert.Equal("true", input.GetAttribute("aria-invalid"));
        Assert.Equal("alert", frame.Find(".field-error").GetAttribute("role"));
    }

    [Fact]
    public void Render_Plain_NamesTheInputByItsLabel()
    {
        var frame = Render<FieldFrame>(parameters => parameters.Add(f => f.Label, "Project Name").Add(f => f.ChildContent, Input));

        var input = frame.Find("input");
        Assert.Equal(input.Id, frame.Find("label").GetAttribute("for"));
        Assert.Equal("Project Name", frame.Find($"#{input.GetAttribute("aria-labelledby")}").TextContent);
        Assert.Equal("true", input.GetAttribute("aria-required"));
        Assert.Null(input.GetAttribute("aria-invalid"));
        Assert.Null(input.GetAttribute("aria-describedby"));
    }

    [Fact]
    public void Render_Optional_SaysSoOutsideTheName()
    {
        var frame = Render<FieldFrame>(parameters => parameters
            .Add(f => f.Label, "Description").Add(f => f.IsOptional, true).Add(f => f.ChildContent, Input));

        Assert.Contains("optional", frame.Find("label").TextContent, StringComparison.Ordinal);
        Assert.Equal("Description", frame.Find($"#{frame.Find("input").GetAttribute("aria-labelledby")}").TextContent);
        Assert.Null(frame.Find("input").GetAttribute("aria-required"));
    }

    [Fact]
    public void Render_TwoFrames_ShareNoId()
    {
        var first = Render<FieldFrame>(parameters => parameters.Add(f => f.Label, "A").Add(f => f.ChildContent, Input));
        var second = Render<FieldFrame>(parameters => parameters.Add(f => f.Label, "B").Add(f => f.ChildContent, Input));

        Assert.NotEqual(first.Find("input").Id, second.Find("input").Id);
    }
}
