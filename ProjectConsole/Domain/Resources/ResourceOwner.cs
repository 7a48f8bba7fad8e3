using System.Security.Cryptography;
using ProjectConsole.Shared;

namespace ProjectConsole.Domain.Resources;

/// <summary>Who owns resources: a project, a personal space, or the organization for its catalogue.</summary>
/// <param name="OrganizationId">The tenant.</param>
/// <param name="Id">Id of the project, the personal space or the organization.</param>
/// <param name="ProjectId">The project, where it is one.</param>
public readonly record struct ResourceOwner(Guid OrganizationId, Guid Id, Guid? ProjectId)
{
    /// <summary>Whether it is the organization's catalogue.</summary>
    public bool IsCatalogue => Id == OrganizationId;

    /// <summary>Whether it is somebody's personal space.</summary>
    public bool IsPersonal => ProjectId is null && !IsCatalogue;

    /// <summary>A project.</summary>
    public static ResourceOwner Of(ProjectScope scope) => new(scope.OrganizationId, scope.ProjectId, scope.ProjectId);

    /// <summary>An organization's catalogue.</summary>
    public static ResourceOwner CatalogueOf(Guid organizationId) => new(organizationId, organizationId, null);

    /// <summary>What a member has outside every project.</summary>
    public static ResourceOwner OfPersonalSpace(Guid organizationId, Guid userId) => new(organizationId, PersonalSpace.IdOf(organizationId, userId), null);

    /// <summary>A personal space.</summary>
    public static ResourceOwner Of(PersonalSpace space) => new(space.OrganizationId, space.Id, null);
}

/// <summary>What a person owns outside every project: one for each member of an organization.</summary>
public sealed class PersonalSpace
{
    /// <summary>How long it is kept after its person has left.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    private PersonalSpace()
    {
    }

    /// <summary>Makes the space of a member.</summary>
    public PersonalSpace(Guid organizationId, Guid userId, string userName, DateTime nowUtc) =>
        (Id, OrganizationId, UserId, UserName, CreatedUtc) = (IdOf(organizationId, userId), organizationId, userId, userName, nowUtc);

    /// <summary>Made from the organization and the person: every member has a space, and its row is written with the first resource.</summary>
    public Guid Id { get; private set; }

    /// <summary>The tenant.</summary>
    public Guid OrganizationId { get; private set; }

    /// <summary>Whose it is.</summary>
    public Guid UserId { get; private set; }

    /// <summary>That person's address, as it was when the space was made.</summary>
    public string UserName { get; private set; } = "";

    /// <summary>When it was made, UTC.</summary>
    public DateTime CreatedUtc { get; private set; }

    /// <summary>When its person left the organization, UTC; an Admin may move what is in it until <see cref="KeptFor"/> has passed.</summary>
    public DateTime? LeftUtc { get; private set; }

    /// <summary>Until when what is in it is kept after its person left, UTC; null while that person belongs to the organization.</summary>
    public DateTime? KeptUntilUtc => LeftUtc + KeptFor;

    /// <summary>The id of a member's space.</summary>
    public static Guid IdOf(Guid organizationId, Guid userId)
    {
        Span<byte> both = stackalloc byte[32];
        organizationId.TryWriteBytes(both, bigEndian: true, out _);
        userId.TryWriteBytes(both[16..], bigEndian: true, out _);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(both, hash);
        // UUID version 8 is the one whose bits are made by a rule of one's own.
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    /// <summary>Its person left.</summary>
    public void Leave(DateTime nowUtc) => LeftUtc ??= nowUtc;

    /// <summary>Its person came back before it was purged.</summary>
    public void Return() => LeftUtc = null;
}
