using ProjectConsole.Domain.Access;
using ProjectConsole.Shared;

namespace ProjectConsole.Security;

/// <summary>Through what somebody acts where it is no session: a personal token, or the key of a project, which is the actor itself.</summary>
/// <param name="Id">The key or token.</param>
/// <param name="Name">Its name, for the audit log.</param>
/// <param name="Permissions">What it holds.</param>
/// <param name="Hash">Hash of the secret that was presented: what was rotated since opens nothing more.</param>
public abstract record Credential(Guid Id, string Name, PermissionSet Permissions, string Hash);

/// <summary>A personal token: its set cuts whatever the person may do.</summary>
public sealed record TokenCredential(Guid Id, string Name, PermissionSet Permissions, DateTime? EndsUtc, string Hash) : Credential(Id, Name, Permissions, Hash);

/// <summary>The key of a project, with the facts that one query read with it.</summary>
public sealed record KeyCredential : Credential
{
    private readonly KeyRow _row;

    internal KeyCredential(KeyRow row, string hash)
        : base(row.Id, row.Name, PermissionText.Parse(row.PermissionNames), hash) => _row = row;

    /// <summary>The only project that it opens.</summary>
    public ProjectScope Project => new(_row.OrganizationId, _row.ProjectId);

    /// <summary>What the key may do in a project; null in every project but its own.</summary>
    public ProjectAccess? InProject(ProjectScope project, DateTime nowUtc) => project == Project ? _row.Decide(nowUtc) : null;
}
