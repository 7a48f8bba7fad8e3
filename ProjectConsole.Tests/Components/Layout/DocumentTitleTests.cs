using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using ProjectConsole.Components.Layout;

namespace ProjectConsole.Tests.Components.Layout;

public sealed class DocumentTitleTests : BunitContext
{
    private const string SetTitle = "projectConsole.setTitle";

    public DocumentTitleTests() => Services.AddScoped<PageTitles>();

    private IEnumerable<object?> Told => JSInterop.Invocations[SetTitle].Select(call => call.Arguments[0]);

    [Fact]
    public void Title_WithinAnother_CountsWhileItIsThere()
    {
        JSInterop.SetupVoid(SetTitle, _ => true).SetVoidResult();
        var page = Render<Page>(parameters => parameters.Add(shown => shown.Inner, "Pipelines of Vision"));

        page.Render(parameters => parameters.Add(shown => shown.Inner, null));

        Assert.Equal(["Pipelines of Vision · ProjectConsole", "Resources · ProjectConsole"], Told);
    }

    [Fact]
    public void Title_BrowserCannot_LeavesThePageAsItIs()
    {
        JSInterop.SetupVoid(SetTitle, _ => true).SetException(new JSException("projectConsole.setTitle is undefined"));

        var page = Render<Page>();

        Assert.Equal("The page", page.Find("p").TextContent);
        Assert.Single(Told);
    }

    private sealed class Page : ComponentBase
    {
        [Parameter]
        public string? Inner { get; set; }

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenComponent<DocumentTitle>(0);
            builder.AddComponentParameter(1, nameof(DocumentTitle.Text), "Resources");
            builder.CloseComponent();
            if (Inner is not null)
            {
                builder.OpenComponent<DocumentTitle>(2);
                builder.AddComponentParameter(3, nameof(DocumentTitle.Text), Inner);
                builder.CloseComponent();
            }

            builder.AddMarkupContent(4, "<p>The page</p>");
        }
    }
}
