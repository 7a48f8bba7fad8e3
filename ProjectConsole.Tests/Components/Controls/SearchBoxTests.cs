using Bunit;
using ProjectConsole.Components.Controls;

namespace ProjectConsole.Tests.Components.Controls;

public sealed class SearchBoxTests : BunitContext
{
    private readonly List<string> _searches = [];

    [Fact]
    public void Change_SameTextTwice_SearchesOnce()
    {
        var box = RenderBox();

        box.Find("input").Change(" vision ");
        box.Find("input").Change("vision");

        Assert.Equal(["vision"], _searches);
    }

    [Fact]
    public void Render_WithTheTextItReported_LeavesTheInputAlone()
    {
        var box = RenderBox();
        box.Find("input").Change("vis");

        box.Render(parameters => parameters.Add(b => b.Value, "vis"));

        Assert.Equal("", box.Find("input").GetAttribute("value"));
    }

    [Fact]
    public void Render_WithAnotherTextFromOutside_ShowsIt()
    {
        var box = RenderBox();
        box.Find("input").Change("vis");

        box.Render(parameters => parameters.Add(b => b.Value, "speech"));

        Assert.Equal("speech", box.Find("input").GetAttribute("value"));
    }

    [Fact]
    public void Clear_WithText_SearchesForNothing()
    {
        var box = RenderBox("vision");

        box.Find("button[aria-label='Clear search']").Click();

        Assert.Equal([""], _searches);
        Assert.Equal("", box.Find("input").GetAttribute("value"));
        Assert.Empty(box.FindAll("button"));
    }

    private IRenderedComponent<SearchBox> RenderBox(string? value = null)
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        return Render<SearchBox>(parameters => parameters
            .Add(b => b.Label, "Name or Project ID").Add(b => b.Value, value).Add(b => b.OnSearch, _searches.Add));
    }
}
