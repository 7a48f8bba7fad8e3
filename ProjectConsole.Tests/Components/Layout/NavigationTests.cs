using Bunit;
using Microsoft.Extensions.DependencyInjection;
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
    public async Task ScopePath_Levels_AreLinksWithTheLastOneCurrent()
    {
        var (path, place) = RenderPath();

        await path.InvokeAsync(() => place.Show(this, [new ScopeLevel("acme", "/acme"), new ScopeLevel("Vision", "/acme/vision", IsCurrent: true)], []));

        Assert.Equal(["/acme", "/acme/vision"], path.FindAll("a").Select(link => link.GetAttribute("href")));
        Assert.Equal("Vision", path.Find("[aria-current=page]").TextContent);
    }

    [Fact]
    public async Task PagePlace_LastPageGoesAfterTheNextHasCome_StaysWithTheNext()
    {
        var (path, place) = RenderPath();
        var last = new object();
        await path.InvokeAsync(() => place.Show(last, [new ScopeLevel("Vision", "/acme/vision", IsCurrent: true)], []));

        await path.InvokeAsync(() => place.Show(this, [new ScopeLevel("Speech", "/acme/speech", IsCurrent: true)], [new NavigationItem("Overview", "/acme/speech")]));
        await path.InvokeAsync(() => place.Leave(last));

        Assert.Equal("Speech", path.Find("a").TextContent);
        Assert.Equal("Overview", Render<PageTabs>().Find("a").TextContent.Trim());

        await path.InvokeAsync(() => place.Leave(this));

        Assert.Empty(path.FindAll("a"));
        Assert.Empty(Render<PageTabs>().Markup);
    }

    private (IRenderedComponent<ScopePath> Path, PagePlace Place) RenderPath()
    {
        Services.AddScoped<PagePlace>();
        var path = Render<ScopePath>();
        return (path, path.Instance.Place);
    }
}
