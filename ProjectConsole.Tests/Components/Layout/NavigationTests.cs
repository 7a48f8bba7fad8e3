using Bunit;
using ProjectConsole.Components.Controls;
using ProjectConsole.Components.Layout;

namespace ProjectConsole.Tests.Components.Layout;

public sealed class NavigationTests : BunitContext
{
    [Fact]
    public void Tabs_Current_IsToldOnce()
    {
        var tabs = Render<SectionTabs>(parameters => parameters
            .Add(t => t.Tabs, [new NavigationItem("Overview", "/vision"), new NavigationItem("Alerts", "/vision/alerts", IsCurrent: true, Count: 3)]));

        var current = Assert.Single(tabs.FindAll("[aria-current=page]"));
        Assert.Equal("/vision/alerts", current.GetAttribute("href"));
    }

    [Fact]
    public void SettingsNavigation_OnAPhone_OpensTheSameListFromTheSelector()
    {
        var navigation = Render<SettingsNavigation>(parameters => parameters
            .Add(n => n.Groups, [new NavigationGroup("Project", [new NavigationItem("General", "/g"), new NavigationItem("API Keys", "/k", IsCurrent: true)])]));

        var selector = navigation.Find("button");
        Assert.Contains("API Keys", selector.TextContent, StringComparison.Ordinal);
        Assert.Equal(navigation.Find(".settings-list").Id, selector.GetAttribute("popovertarget"));
        Assert.Equal(2, navigation.FindAll("a").Count);
    }

    [Fact]
    public void ScopePath_Levels_AreLinksWithTheLastOneCurrent()
    {
        var path = Render<ScopePath>(parameters => parameters
            .Add(p => p.Levels, [new ScopeLevel("acme", "/acme"), new ScopeLevel("Vision", "/acme/vision", IsCurrent: true)]));

        Assert.Equal(["/acme", "/acme/vision"], path.FindAll("a").Select(link => link.GetAttribute("href")));
        Assert.Equal("Vision", path.Find("[aria-current=page]").TextContent);
    }
}
