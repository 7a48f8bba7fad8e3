using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Undo;

/// <summary>An act that an entry of the audit log tells of, and its way back.</summary>
/// <param name="RunAsync">Undoes it; in a dry run says whose access that changes.</param>
/// <param name="OffersAsync">Whether it is an act of the actor's own that has a way back.</param>
/// <param name="Next">The act of undoing itself, by its own entry.</param>
/// <param name="NamesProjects">Whether several projects may be concerned.</param>
public sealed record UndoableAct(Func<Actor, Task<Result<AccessChange>>> RunAsync, Func<Actor, Task<Result<bool>>> OffersAsync, Func<long, UndoableAct> Next, bool NamesProjects);
