namespace ProjectConsole.Features.Sharing;

/// <summary>With whom a resource is shared.</summary>
/// <param name="Shares">Offered or in force, the newest first.</param>
/// <param name="ToOrganization">The resource itself where the whole organization sees it.</param>
public sealed record SharedWith(IReadOnlyList<ShareRow> Shares, VisibleResource? ToOrganization)
{
    /// <summary>How many have it or are offered it; the organization is one.</summary>
    public int Count => Shares.Count + (ToOrganization is null ? 0 : 1);
}
