using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProjectConsole.Components.Layout;

namespace ProjectConsole.Tests.Components.Layout;

public sealed class ConsoleErrorBoundaryTests : BunitContext
{
    private readonly RecordedLog _log = new();
    private bool _fails = true;

    public ConsoleErrorBoundaryTests() => Services.AddSingleton<ILogger<ConsoleErrorBoundary>>(_log);

    [Fact]
    public void Render_Failure_ShowsTheNumberThatIsInTheLogAndNotTheText()
    {
        var boundary = RenderBoundary();

        var reference = boundary.Find("code").TextContent;
        Assert.Contains(reference, Assert.Single(_log.Messages), StringComparison.Ordinal);
        Assert.DoesNotContain("disk", boundary.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void TryAgain_CauseGone_ShowsThePage()
    {
        var boundary = RenderBoundary();
        _fails = false;

        boundary.Find("button").Click();

        Assert.Equal("The page", boundary.Find("p").TextContent);
    }

    private IRenderedComponent<ConsoleErrorBoundary> RenderBoundary() =>
        Render<ConsoleErrorBoundary>(parameters => parameters.AddChildContent<Body>(body => body.Add(b => b.Fails, () => _fails)));

    private sealed class Body : ComponentBase
    {
        [Parameter]
        public required Func<bool> Fails { get; set; }

        protected override void BuildRenderTree(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder)
        {
            if (Fails())
            {
                throw new InvalidOperationException("disk full");
            }
            builder.OpenElement(0, "p");
            builder.AddContent(1, "The page");
            builder.CloseElement();
        }
    }

    private sealed class RecordedLog : ILogger<ConsoleErrorBoundary>
    {
        public List<string> Messages { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Messages.Add(formatter(state, exception));
    }
}
