using Bunit;
using Microsoft.Data.Sqlite;
using ProjectConsole.Components.Access;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Components.Access;

/// <summary>The popup of the header, which stands outside the page and its error boundary.</summary>
public sealed class ScopeSwitcherTests : ConsoleTestContext
{
    private bool _isBroken;

    [Fact]
    public async Task Open_DatabaseFails_SaysSoAndSearchesAgainWhenAsked()
    {
        _isBroken = true;
        var switcher = Open();

        await switcher.Find("button").ClickAsync(new());

        var alert = switcher.Find("[role=alert]");
        Assert.Contains("The search could not be answered", alert.TextContent);
        Assert.Contains("The database did not answer. Nothing was changed.", alert.TextContent);
        Assert.DoesNotContain("disk I/O", switcher.Markup);
        Assert.DoesNotContain("Nothing here that you may open", switcher.Markup);

        _isBroken = false;
        await switcher.FindAll("button").Single(button => button.TextContent.EndsWith("Try again", StringComparison.Ordinal)).ClickAsync(new());

        Assert.Empty(switcher.FindAll("[role=alert]"));
        Assert.Equal("Vision", switcher.Find(".popup-option .medium").TextContent);
    }

    [Fact]
    public async Task Search_DatabaseFailsForALaterText_KeepsThePopupAndItsText()
    {
        var switcher = Open();
        await switcher.Find("button").ClickAsync(new());
        _isBroken = true;

        await switcher.Find("input").ChangeAsync(new() { Value = "vis" });

        Assert.Single(switcher.FindAll("[role=alert]"));
        Assert.Empty(switcher.FindAll(".popup-option"));
        Assert.Equal("vis", switcher.Find("[role=listbox]").GetAttribute("data-answers"));
    }

    private IRenderedComponent<ScopeSwitcher> Open() => Render<ScopeSwitcher>(switcher => switcher
        .Add(one => one.Label, "Switch project").Add(one => one.Placeholder, "Name or Project ID")
        .Add(one => one.Find, (_, _) => _isBroken
            ? throw new SqliteException("disk I/O error", 10)
            : Task.FromResult<IReadOnlyList<SwitcherGroup>>([new SwitcherGroup("Recent", [new SwitcherOption("vision", "Vision", "vision", "Admin", "/vision")])])));
}
