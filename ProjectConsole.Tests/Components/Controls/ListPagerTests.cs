using Bunit;
using ProjectConsole.Components.Controls;

namespace ProjectConsole.Tests.Components.Controls;

public sealed class ListPagerTests : BunitContext
{
    [Fact]
    public void Render_FirstPage_LinksForwardOnly()
    {
        var pager = RenderPager(page: 1, total: 1248);

        Assert.Equal("1–25 of 1,248", pager.Find("[role=status]").TextContent);
        Assert.Contains("Page 1 of 50", pager.Markup, StringComparison.Ordinal);
        Assert.Null(Href(pager, "First page"));
        Assert.Null(Href(pager, "Previous page"));
        Assert.Equal("/projects?page=2", Href(pager, "Next page"));
        Assert.Equal("/projects?page=50", Href(pager, "Last page"));
    }

    [Fact]
    public void Render_LastPage_LinksBackOnlyAndEndsAtTheTotal()
    {
        var pager = RenderPager(page: 50, total: 1248);

        Assert.Equal("1,226–1,248 of 1,248", pager.Find("[role=status]").TextContent);
        Assert.Equal("/projects?page=1", Href(pager, "First page"));
        Assert.Equal("/projects?page=49", Href(pager, "Previous page"));
        Assert.Null(Href(pager, "Next page"));
        Assert.Null(Href(pager, "Last page"));
    }

    [Fact]
    public void Render_CappedTotal_ShowsAtLeastAndOffersNoLastPage()
    {
        var pager = RenderPager(page: 41, total: 1000, isCapped: true);

        Assert.Equal("1,001–1,025 of 1,000+", pager.Find("[role=status]").TextContent);
        Assert.Equal("/projects?page=42", Href(pager, "Next page"));
        Assert.Null(Href(pager, "Last page"));
    }

    [Fact]
    public void Render_NothingFound_CountsFromZero()
    {
        var pager = RenderPager(page: 1, total: 0);

        Assert.Equal("0–0 of 0", pager.Find("[role=status]").TextContent);
        Assert.Null(Href(pager, "Next page"));
    }

    [Fact]
    public void Render_WithSizes_MarksTheSizeInForce()
    {
        var pager = Render<ListPager>(parameters => parameters
            .Add(p => p.Page, 1).Add(p => p.PageSize, 50).Add(p => p.Total, 200)
            .Add(p => p.PageHref, page => $"?page={page}").Add(p => p.SizeHref, size => $"?size={size}"));

        var chosen = Assert.Single(pager.FindAll("[aria-checked=true]"));
        Assert.Equal("?size=50", chosen.GetAttribute("href"));
    }

    [Fact]
    public void Render_KeysetWithoutNewer_DisablesIt()
    {
        var pager = Render<KeysetPager>(parameters => parameters.Add(p => p.OlderHref, "?before=7"));

        Assert.Equal("true", pager.FindAll("a")[0].GetAttribute("aria-disabled"));
        Assert.Equal("?before=7", pager.FindAll("a")[1].GetAttribute("href"));
    }

    private static string? Href(IRenderedComponent<ListPager> pager, string name) =>
        pager.Find($"[aria-label='{name}']").GetAttribute("href");

    private IRenderedComponent<ListPager> RenderPager(int page, int total, bool isCapped = false) =>
        Render<ListPager>(parameters => parameters
            .Add(p => p.Page, page).Add(p => p.PageSize, 25).Add(p => p.Total, total).Add(p => p.IsCapped, isCapped)
            .Add(p => p.PageHref, number => $"/projects?page={number}"));
}
