using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Keys;
using ProjectConsole.Security;

namespace ProjectConsole.Features.Keys;

/// <summary>
/// Says of a project key that somebody else was shown whether it counts, and for what (RFC 7662). Whoever asks needs
/// <c>keys.view</c> in the key's project; of every other text it says nothing, so that nobody tries texts here.
/// </summary>
public sealed class IntrospectionService(Credentials credentials, AccessControl access)
{
    /// <summary>What the key may do in its project now; null where it may do nothing, or is not the asker's to know of.</summary>
    public async Task<IntrospectedKey?> IntrospectAsync(Actor actor, string presented, RequestOrigin origin, CancellationToken ct = default)
    {
        if (!KeyText.TryParse(presented, out var text) || text.Prefix != KeyPrefix.ProjectKey
            || await credentials.OpenAsync(text, origin, ct) is not { Credential: KeyCredential key } holder
            || (await access.InProjectAsync(actor, key.Project, ct))?.May(Permissions.KeysView) is not true
            || await access.InProjectAsync(holder, key.Project, ct) is not { } own || own.Access.Allowed.IsEmpty)
        {
            return null;
        }

        return new IntrospectedKey(key.Id, key.Name, own);
    }
}

/// <summary>A key that counts.</summary>
/// <param name="Id">The key.</param>
/// <param name="Name">For people.</param>
/// <param name="Project">Its project, and what it may do there.</param>
public sealed record IntrospectedKey(Guid Id, string Name, ProjectAccess Project);
