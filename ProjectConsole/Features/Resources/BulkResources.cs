using ProjectConsole.Domain.Resources;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Resources;

/// <summary>One act on several resources of one owner.</summary>
/// <param name="Resources">Their ids.</param>
/// <param name="Action">Name of the action; null to delete them.</param>
/// <param name="IsAllOrNothing">Whether one refusal stops all of it; otherwise those that can are done.</param>
public sealed record BulkResources(IReadOnlyList<Guid> Resources, string? Action, bool IsAllOrNothing);

/// <summary>What became of one of several, or would.</summary>
/// <param name="Id">The resource.</param>
/// <param name="Refusal">Why not; null where it is done.</param>
public sealed record BulkLine(Guid Id, Error? Refusal);

/// <summary>What became of an act on several, or would.</summary>
/// <param name="Lines">A line for each, in the order in which they were named.</param>
/// <param name="IsDone">Whether anything was done.</param>
public sealed record BulkOutcome(IReadOnlyList<BulkLine> Lines, bool IsDone);

/// <summary>A resource that somebody picked, with its owner.</summary>
/// <param name="Owner">Whose it is.</param>
/// <param name="Row">The resource.</param>
public sealed record PickedResource(ResourceOwner Owner, ResourceRow Row)
{
    /// <summary>Its kind.</summary>
    public ResourceKind Kind => ResourceKinds.Get(Row.Kind);
}
