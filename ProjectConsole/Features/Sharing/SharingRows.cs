using ProjectConsole.Domain.Resources;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Sharing;

/// <summary>With whom a resource is to be shared: one of the two is given.</summary>
/// <param name="ProjectSlug">Project ID of another project that the person sees.</param>
/// <param name="WorkspaceSlug">A workspace of the organization.</param>
/// <param name="Level">What may be done with it there.</param>
public sealed record ShareOffer(string? ProjectSlug, string? WorkspaceSlug, ShareLevel Level);

/// <summary>A share as one side sees it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">Name of the resource's kind.</param>
/// <param name="Name">The resource's name.</param>
/// <param name="Level">What may be done with it.</param>
/// <param name="State">How far it has come.</param>
/// <param name="OtherSide">The other project, the workspace, or the person whose space it is in, as it is called.</param>
/// <param name="OtherProjectSlug">The other project, where the reader sees it.</param>
/// <param name="SharedByName">Who offered it.</param>
/// <param name="SharedUtc">When, UTC.</param>
/// <param name="AnsweredByName">Who accepted it.</param>
/// <param name="IsResting">Whether its source is suspended, so that it gives nothing for now.</param>
/// <param name="MayAnswer">Whether the reader may accept or decline it.</param>
/// <param name="MayEnd">Whether the reader may end it.</param>
public sealed record ShareRow(
    Guid Id, string Kind, string Name, ShareLevel Level, ShareState State, string OtherSide, string? OtherProjectSlug,
    string SharedByName, DateTime SharedUtc, string? AnsweredByName, bool IsResting, bool MayAnswer, bool MayEnd)
{
    /// <summary>On which side of it the reader looks.</summary>
    public ShareSide Side { get; init; }
}

/// <summary>Both sides of a project's sharing.</summary>
/// <param name="Given">What it offers others and they have.</param>
/// <param name="Received">What others offered and it has.</param>
/// <param name="Pending">What others offer it and nobody answered yet.</param>
/// <param name="ToOrganization">What of it the whole organization sees.</param>
public sealed record ProjectSharing(
    IReadOnlyList<ShareRow> Given, IReadOnlyList<ShareRow> Received, IReadOnlyList<ShareRow> Pending, IReadOnlyList<VisibleResource> ToOrganization)
{
    /// <summary>Whether some part has more than is shown.</summary>
    public bool IsCut { get; init; }
}

/// <summary>A resource that the whole organization sees.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">Name of its kind.</param>
/// <param name="Name">Its name.</param>
/// <param name="MayEnd">Whether the reader may end it.</param>
public sealed record VisibleResource(Guid Id, string Kind, string Name, bool MayEnd);

#pragma warning disable CS1591 // One record per rule; the sentence says what it is.

public sealed record NoSuchShare : RuleError
{
    public override string Message => "This share does not exist any more. The other side may have ended it.";

    public override bool IsAbsence => true;
}

public sealed record ShareAlreadyOpen(string Name, string OtherSide) : RuleError
{
    public override string Message => $"{Name} is shared with {OtherSide} already. End that first to share it in another way.";
}

public sealed record ShareNotPending(ShareState State) : RuleError
{
    public override string Message => State == ShareState.Accepted ? "This share was accepted already." : "This share was ended before it was accepted.";
}

public sealed record OnlyGrantable : RuleError
{
    public override string Message =>
        $"Of a personal space only {string.Join(", ", ResourceKinds.All.Where(kind => kind.IsGrantable).Select(kind => kind.InSentence(isPlural: true)))} are shared with a project. Move it into a project to share it from there.";
}

public sealed record TemplateOfOwn(string Name, string Named) : RuleError
{
    public override string Message => $"{Name} leads to {Named}, which only you see. Move both into a project to share them from there.";
}

public sealed record TooManyShares(int Most) : RuleError
{
    public override string Message => $"A resource can be shared with at most {Most} projects and workspaces at a time.";
}
