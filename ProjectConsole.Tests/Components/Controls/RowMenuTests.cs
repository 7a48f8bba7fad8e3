using Bunit;
using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Controls;

namespace ProjectConsole.Tests.Components.Controls;

public sealed class RowMenuTests : BunitContext
{
    public RowMenuTests() => JSInterop.SetupVoid("projectConsole.openMenu", _ => true).SetVoidResult();

    [Fact]
    public async Task Open_ForARow_FillsTheMenuAndAsksTheBrowserToShowIt()
    {
        var menu = await OpenAsync("Vision", new MenuItem("Settings", "settings") { Href = "/settings" });

        Assert.Equal("Actions for Vision", menu.Find("[role=menu]").GetAttribute("aria-label"));
        Assert.Equal("/settings", menu.Find("a[role=menuitem]").GetAttribute("href"));
        JSInterop.VerifyInvoke("projectConsole.openMenu", 1);
    }

    [Fact]
    public async Task Open_ForAnotherRow_ReplacesTheItems()
    {
        var menu = await OpenAsync("Vision", new MenuItem("Suspend", "pause"));

        await menu.InvokeAsync(() => menu.Instance.Open("Speech", [new MenuItem("Activate", "play_arrow")]));

        Assert.Equal("Actions for Speech", menu.Find("[role=menu]").GetAttribute("aria-label"));
        Assert.Equal("Activate", Assert.Single(menu.FindAll("[data-menu-label]")).TextContent);
    }

    [Fact]
    public async Task Render_AfterOpening_DoesNotOpenAgain()
    {
        var menu = await OpenAsync("Vision", new MenuItem("Suspend", "pause"));

        menu.Render();

        JSInterop.VerifyInvoke("projectConsole.openMenu", 1);
    }

    [Fact]
    public async Task Click_OnAnItem_RunsItsAct()
    {
        var removed = 0;
        var menu = await OpenAsync("Vision", new MenuItem("Remove User", "person_remove") { OnClick = () => Count(ref removed), IsDanger = true });

        await menu.Find(".menu-item-danger").ClickAsync(new());

        Assert.Equal(1, removed);
    }

    [Fact]
    public async Task Render_DisabledItem_SaysWhyAndHasNoAct()
    {
        var item = new MenuItem("Delete", "delete") { Href = "/delete", OnClick = () => Task.CompletedTask, DisabledReason = "The Default Project stays." };
        var menu = await OpenAsync("Default Project", item);

        var button = menu.Find("[role=menuitem]");
        Assert.Equal("true", button.GetAttribute("aria-disabled"));
        Assert.Equal("Delete", button.QuerySelector("span > :not([aria-hidden])")!.TextContent);
        Assert.Equal("The Default Project stays.", menu.Find($"#{button.GetAttribute("aria-describedby")}").TextContent);
        Assert.Null(button.GetAttribute("href"));
        Assert.Throws<MissingEventHandlerException>(() => button.Click());
    }

    [Fact]
    public void Actions_ForARow_IsNamedExactlyAndOpens()
    {
        var opened = 0;
        var page = Render<Page>(parameters => parameters.Add(p => p.OnOpen, () => opened++));

        var button = page.Find("button");
        button.Click();

        Assert.Equal("Actions for developer@acme.test", button.GetAttribute("aria-label"));
        Assert.Equal("menu", button.GetAttribute("aria-haspopup"));
        Assert.Equal(1, opened);
    }

    private static Task Count(ref int count)
    {
        count++;
        return Task.CompletedTask;
    }

    private async Task<IRenderedComponent<RowMenu>> OpenAsync(string name, params MenuItem[] items)
    {
        var menu = Render<RowMenu>();
        await menu.InvokeAsync(() => menu.Instance.Open(name, items));
        return menu;
    }

    private sealed class Page : ComponentBase
    {
        [Parameter]
        public required Action OnOpen { get; set; }

        protected override void BuildRenderTree(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder) =>
            builder.AddContent(0, Marks.Actions("developer@acme.test", this, OnOpen));
    }
}
