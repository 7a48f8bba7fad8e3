using System.Security.Cryptography;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using ProjectConsole.Components.Controls;

namespace ProjectConsole.Components.Layout;

/// <summary>Keeps an unexpected failure inside the page: logged under a number, which the person sees instead of its text.</summary>
public sealed partial class ConsoleErrorBoundary : ErrorBoundaryBase
{
    private string? _reference;

    [Inject]
    public required ILogger<ConsoleErrorBoundary> Logger { get; init; }

    protected override Task OnErrorAsync(Exception exception)
    {
        _reference = Convert.ToHexString(RandomNumberGenerator.GetBytes(5));
        LogFailure(Logger, exception, _reference);
        return Task.CompletedTask;
    }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        if (CurrentException is null)
        {
            builder.AddContent(0, ChildContent);
            return;
        }
        builder.OpenElement(1, "div");
        builder.AddAttribute(2, "class", "page");
        builder.OpenComponent<ErrorState>(3);
        builder.AddComponentParameter(4, nameof(ErrorState.Title), "This page could not be shown");
        builder.AddComponentParameter(5, nameof(ErrorState.Text), "Something unexpected happened. What was saved before is safe.");
        builder.AddComponentParameter(6, nameof(ErrorState.Reference), _reference);
        builder.AddComponentParameter(7, nameof(ErrorState.OnRetry), EventCallback.Factory.Create(this, Recover));
        builder.CloseComponent();
        builder.CloseElement();
    }

    [LoggerMessage(LogLevel.Error, "A page failed, reference {Reference}")]
    private static partial void LogFailure(ILogger logger, Exception exception, string reference);
}
