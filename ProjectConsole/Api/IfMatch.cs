using ProjectConsole.Shared;

namespace ProjectConsole.Api;

/// <summary>Under which edit token a change was written, by the header <c>If-Match</c>; a change without one overwrites.</summary>
public sealed class IfMatch : ICallPart
{
    private readonly Problem? _problem;

    private IfMatch(Guid? version, Problem? problem) => (Version, _problem) = (version, problem);

    /// <summary>The edit token that was read; null where the caller does not say.</summary>
    public Guid? Version { get; }

    Problem? ICallPart.Problem => _problem;

    /// <summary>Called by the framework for a handler's parameter.</summary>
    public static ValueTask<IfMatch?> BindAsync(HttpContext context)
    {
        var text = context.Request.Headers.IfMatch.ToString();
        IfMatch read = text is "" or "*" ? new(null, null)
            : text is ['"', .., '"'] && Guid.TryParseExact(text.AsSpan(1, text.Length - 2), "N", out var version) ? new(version, null)
            // No other tag was ever given out, so it matches nothing.
            : new(null, Problem.Of(new Stale()));
        return ValueTask.FromResult<IfMatch?>(read);
    }
}
