using Bunit;
using ProjectConsole.Components.Controls;

namespace ProjectConsole.Tests.Components.Controls;

public sealed class SortHeaderTests : BunitContext
{
    [Theory]
    [InlineData(SortDirection.Ascending, "ascending")]
    [InlineData(SortDirection.Descending, "descending")]
    [InlineData(SortDirection.None, null)]
    public void Render_Direction_IsToldOnTheHeaderCell(SortDirection direction, string? ariaSort)
    {
        var header = Render(SortHeader.Of("Project", "?sort=name", direction));

        Assert.Equal(ariaSort, header.Find("th").GetAttribute("aria-sort"));
        Assert.Equal("?sort=name", header.Find("th > a").GetAttribute("href"));
    }
}
