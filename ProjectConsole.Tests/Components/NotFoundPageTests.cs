using Bunit;
using ProjectConsole.Components;

namespace ProjectConsole.Tests.Components;

public sealed class NotFoundPageTests : BunitContext
{
    [Fact]
    public void Render_Always_OffersTheWayBack()
    {
        var page = Render<NotFoundPage>();

        Assert.Equal("Not found, or you have no access", page.Find("h1").TextContent);
        Assert.Equal("/", page.Find("a").GetAttribute("href"));
    }
}
