using Bunit;
using ProjectConsole.Components.Controls;

namespace ProjectConsole.Tests.Components.Controls;

public sealed class FilterChipTests : BunitContext
{
    private static readonly FilterOption[] Options = [new("Active", "?state=active", IsSelected: true), new("Deleted", "?state=deleted", Count: 1200)];

    [Fact]
    public void Render_Set_HasARemoveLinkBesideTheOpener()
    {
        var chip = Render<FilterChip>(parameters => parameters
            .Add(c => c.Label, "State").Add(c => c.Value, "Active").Add(c => c.Options, Options).Add(c => c.RemoveHref, "?"));

        Assert.Equal("?", chip.Find("a[aria-label='Remove filter State']").GetAttribute("href"));
        Assert.Empty(chip.FindAll("button a"));
    }

    [Fact]
    public void Render_Multiple_ShowsCheckBoxesThatAreLinks()
    {
        var chip = Render<FilterChip>(parameters => parameters
            .Add(c => c.Label, "State").Add(c => c.Options, Options).Add(c => c.IsMultiple, true));

        var items = chip.FindAll("[role=menuitemcheckbox]");
        Assert.Equal(["true", "false"], items.Select(item => item.GetAttribute("aria-checked")));
        Assert.Equal("?state=deleted", items[1].GetAttribute("href"));
        Assert.Contains("1,200", items[1].TextContent, StringComparison.Ordinal);
        Assert.Equal(chip.Find("[role=menu]").Id, chip.Find("button").GetAttribute("popovertarget"));
    }

    [Fact]
    public void Render_Switch_IsOneLink()
    {
        var chip = Render<FilterChip>(parameters => parameters
            .Add(c => c.Label, "External").Add(c => c.Href, "?external=true").Add(c => c.IsOn, true).Add(c => c.Count, 1));

        var link = chip.Find("a");
        Assert.Equal("External 1", link.TextContent);
        Assert.Equal("true", link.GetAttribute("aria-current"));
        Assert.Empty(chip.FindAll("button"));
    }
}
