namespace ProjectConsole.Security;

/// <summary>Where a request came from. A circuit keeps that of the page that started it.</summary>
/// <param name="Address">The network address as the server saw it.</param>
/// <param name="RequestId">What the log knows the request by.</param>
public sealed record RequestOrigin(string Address, string RequestId)
{
    /// <summary>Not known.</summary>
    public static RequestOrigin Unknown { get; } = new("", "");

    /// <summary>The origin of a request.</summary>
    /// <remarks>The id is the server's own. A trace id is chosen by whoever sends <c>traceparent</c>: the log has it beside, and audit entries do not.</remarks>
    public static RequestOrigin Of(HttpContext request) => new(request.Connection.RemoteIpAddress?.ToString() ?? "", request.TraceIdentifier);
}
