using ProjectConsole.Domain.Resources;

namespace ProjectConsole.Features.Sharing;

/// <summary>On which side of a share a project is.</summary>
public enum ShareSide
{
    /// <summary>It offers, or others have it.</summary>
    Given,

    /// <summary>It has it from another project.</summary>
    Received,

    /// <summary>Another project offers it, and nobody answered yet.</summary>
    Pending,
}

/// <summary>A share as one side sees it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Side">On which side the project is.</param>
/// <param name="Kind">The resource's kind.</param>
/// <param name="Name">The resource's name.</param>
/// <param name="Level">What may be done with it.</param>
/// <param name="State">How far it has come.</param>
/// <param name="With">The other project, the workspace, or the person whose space it is in, as it is called.</param>
/// <param name="Project">The other Project ID, where the caller sees it.</param>
/// <param name="SharedBy">Who offered it.</param>
/// <param name="SharedUtc">When.</param>
/// <param name="AnsweredBy">Who accepted it.</param>
/// <param name="Resting">Whether its source is suspended, so that it gives nothing for now.</param>
public sealed record ShareBody(
    Guid Id, ShareSide Side, string Kind, string Name, ShareLevel Level, ShareState State, string With, string? Project, string SharedBy, DateTime SharedUtc, string? AnsweredBy, bool Resting)
{
    internal static ShareBody Of(ShareRow row) => new(
        row.Id, row.Side, row.Kind, row.Name, row.Level, row.State, row.OtherSide, row.OtherProjectSlug, row.SharedByName, row.SharedUtc, row.AnsweredByName, row.IsResting);
}

/// <summary>With whom a resource is to be shared: either a project or a workspace.</summary>
/// <param name="Project">Project ID of another project that the caller sees.</param>
/// <param name="Workspace">Slug of a workspace: all of its projects.</param>
/// <param name="Level">What may be done with it there; view where it is not sent.</param>
public sealed record NewShareBody(string? Project, string? Workspace, ShareLevel Level = ShareLevel.View);

/// <summary>With which project a resource of the caller's own is to be shared.</summary>
/// <param name="Project">Project ID of a project that the caller sees.</param>
/// <param name="Level">What may be done with it there; view where it is not sent.</param>
public sealed record GrantBody(string Project, ShareLevel Level = ShareLevel.View);

/// <summary>A share that was offered.</summary>
/// <param name="Id">Its id; null where it was only tried.</param>
public sealed record CreatedShareBody(Guid? Id);

/// <summary>A resource that the whole organization sees.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">Its name.</param>
public sealed record VisibleResourceBody(string Kind, string Name);
