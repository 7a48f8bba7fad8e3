using Bunit;
using ProjectConsole.Features.Restrictions;

namespace ProjectConsole.Tests.Features.Restrictions;

public sealed class RuleListTests : BunitContext
{
    private readonly List<RuleEntry> _rules =
    [
        new() { Allows = true, Pattern = "clusters.view" },
        new() { Pattern = "clusters.*" },
        new() { Pattern = "*.delete" },
    ];

    public RuleListTests() => JSInterop.Mode = JSRuntimeMode.Loose;

    [Fact]
    public void Move_ByButtons_ReordersAndSaysWhere()
    {
        var list = RenderList();

        list.Find("button[aria-label='Move rule 3 up']").Click();

        Assert.Equal(["clusters.view", "*.delete", "clusters.*"], Patterns());
        Assert.Equal("Rule 3 is now rule 2 of 3", list.Find("[aria-live]").TextContent);
        list.Find("button[aria-label='Move rule 1 down']").Click();
        Assert.Equal(["*.delete", "clusters.view", "clusters.*"], Patterns());
    }

    [Fact]
    public void Move_AtTheEnds_IsNotOffered()
    {
        var list = RenderList();

        Assert.True(list.Find("button[aria-label='Move rule 1 up']").HasAttribute("disabled"));
        Assert.True(list.Find("button[aria-label='Move rule 3 down']").HasAttribute("disabled"));
        list.Find("button[aria-label='Move rule 1 up']").Click();
        Assert.Equal(["clusters.view", "clusters.*", "*.delete"], Patterns());
    }

    [Fact]
    public void Drag_LastRuleOntoTheFirst_PutsItThere()
    {
        var list = RenderList();

        list.FindAll("[data-drag-handle]")[2].TriggerEvent("ondragstart", new Microsoft.AspNetCore.Components.Web.DragEventArgs());
        list.FindAll("li.rule")[0].TriggerEvent("ondrop", new Microsoft.AspNetCore.Components.Web.DragEventArgs());

        Assert.Equal(["*.delete", "clusters.view", "clusters.*"], Patterns());
        Assert.Equal("Rule 3 is now rule 1 of 3", list.Find("[aria-live]").TextContent);
    }

    [Fact]
    public void Drop_OfSomethingElse_ChangesNothing()
    {
        var list = RenderList();

        list.FindAll("li.rule")[0].TriggerEvent("ondrop", new Microsoft.AspNetCore.Components.Web.DragEventArgs());

        Assert.Equal(["clusters.view", "clusters.*", "*.delete"], Patterns());
    }

    [Fact]
    public void Note_AllowBelowWhatItWouldSpare_SaysThatItHasNoEffect()
    {
        var list = RenderList();
        Assert.DoesNotContain("Has no effect", list.Markup, StringComparison.Ordinal);

        list.Find("button[aria-label='Move rule 1 down']").Click();

        Assert.Contains("Has no effect", list.FindAll("li.rule")[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Note_PatternThatMatchesNothing_SaysSoAndMarksTheField()
    {
        var list = RenderList();

        list.Find("input[aria-label='Rule 2: pattern']").Input("cluster.*");

        Assert.Contains("matches no permission", list.FindAll("li.rule")[1].TextContent, StringComparison.Ordinal);
        Assert.Equal("true", list.Find("input[aria-label='Rule 2: pattern']").GetAttribute("aria-invalid"));
    }

    [Fact]
    public void AddAndRemove_Rules_SayWhatHappened()
    {
        var list = RenderList();

        list.FindAll("button").First(button => button.TextContent.Contains("Add rule", StringComparison.Ordinal)).Click();
        Assert.Equal(4, _rules.Count);
        list.Find("button[aria-label='Remove rule 1']").Click();

        Assert.Equal(["clusters.*", "*.delete", ""], Patterns());
        Assert.Equal("Rule 1 removed", list.Find("[aria-live]").TextContent);
    }

    [Fact]
    public void Readable_Rules_HaveNoControl()
    {
        var list = Render<RuleList>(parameters => parameters.Add(l => l.Rules, _rules).Add(l => l.IsReadOnly, true));

        Assert.Empty(list.FindAll("button, input, select"));
        Assert.Contains("clusters.view", list.Markup, StringComparison.Ordinal);
    }

    // The parent renders again when something changed, as the editor does.
    private IRenderedComponent<RuleList> RenderList()
    {
        IRenderedComponent<RuleList>? list = null;
        list = Render<RuleList>(parameters => parameters.Add(l => l.Rules, _rules).Add(l => l.OnChanged, () => list!.Render(again => again.Add(l => l.Rules, _rules))));
        return list;
    }

    private IEnumerable<string> Patterns() => _rules.Select(rule => rule.Pattern);
}
