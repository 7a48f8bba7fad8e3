using System.Security.Cryptography;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Components.Access;

/// <summary>
/// Reads what a section shows. Where the database fails, the section says so in its own place and offers to try again; the rest
/// of the page stays, and the log has the reason under the number that the person sees.
/// </summary>
public sealed partial class PageReads(ILogger<PageReads> logger)
{
    /// <summary>Reads, and answers a refusal where the database fails.</summary>
    public async Task<Result<T>> TryAsync<T>(Func<Task<Result<T>>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception failure) when (AccessWatch.IsOfDatabase(failure))
        {
            var refusal = new DatabaseFailed(Convert.ToHexString(RandomNumberGenerator.GetBytes(5)));
            LogFailure(failure, refusal.Reference);
            return refusal;
        }
    }

    [LoggerMessage(LogLevel.Error, "A section of a page could not be read, reference {Reference}")]
    private partial void LogFailure(Exception failure, string reference);
}

/// <summary>The database did not answer a read.</summary>
/// <param name="Reference">The number in the log.</param>
public sealed record DatabaseFailed(string Reference) : Error
{
    /// <inheritdoc/>
    public override string Message => "The database did not answer. Nothing was changed.";

    /// <summary>The number in the log where that is the reason; null where it is another one.</summary>
    public static string? ReferenceOf(Error? error) => (error as DatabaseFailed)?.Reference;
}
