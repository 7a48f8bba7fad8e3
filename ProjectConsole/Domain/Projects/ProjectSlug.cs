namespace ProjectConsole.Domain.Projects;

/// <summary>
/// A Project ID that was ever used in an organization. Nothing is ever deleted here: an ID that comes back
/// would let tokens, keys and links of the former project reach the new one.
/// </summary>
public sealed class ProjectSlug
{
    private ProjectSlug()
    {
    }

    /// <summary>Takes the slug for good.</summary>
    public ProjectSlug(Guid organizationId, string slug) => (OrganizationId, Folded) = (organizationId, Slug.Fold(slug));

    /// <summary>The organization in which it is taken.</summary>
    public Guid OrganizationId { get; private set; }

    /// <summary>The slug after <see cref="Slug.Fold"/>.</summary>
    public string Folded { get; private set; } = "";
}
