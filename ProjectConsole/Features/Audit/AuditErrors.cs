using ProjectConsole.Shared;

namespace ProjectConsole.Features.Audit;

/// <summary>The log of the organization is being verified for somebody else.</summary>
public sealed record AlreadyVerifying : RuleError
{
    /// <inheritdoc/>
    public override string Message => "This log is being verified just now. Ask again in a moment.";
}
