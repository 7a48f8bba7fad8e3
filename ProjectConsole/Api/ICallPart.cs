namespace ProjectConsole.Api;

/// <summary>A part of a call that the framework reads for a handler and that may be wrong; then its problem is the answer.</summary>
internal interface ICallPart
{
    /// <summary>What is wrong; null where the handler can use it.</summary>
    Problem? Problem { get; }
}
