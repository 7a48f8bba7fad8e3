using Bunit;
using ProjectConsole.Components;

namespace ProjectConsole.Tests.Components;

public sealed class NotFoundPageTests : BunitContext
{
    [Fact]
    public void Render_Always_OffersTheWayBack()
    {
        var page = Render<NotFoundPage>();

        page.Find("h1").MarkupMatches("<h1>Not found</h1>");
        Assert.Equal("/", page.Find("a").GetAttribute("href"));
    }
}
