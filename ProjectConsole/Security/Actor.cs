using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Keys;

namespace ProjectConsole.Security;

/// <summary>Who acts, and through what. The first parameter of every service method; never ambient.</summary>
/// <param name="UserId">The account, or the project's key; <see cref="Guid.Empty"/> for nobody and for the system.</param>
/// <param name="Name">Its address at this time, or the key's name.</param>
/// <param name="Address">The network address as the server saw it.</param>
/// <param name="RequestId">The request or circuit.</param>
public sealed record Actor(Guid UserId, string Name, string Address, string RequestId)
{
    /// <summary>Person, system or nobody.</summary>
    public AuditActorKind Kind { get; init; } = AuditActorKind.Person;

    /// <summary>Sent along with a creating command, so that sending it twice makes one thing.</summary>
    public Guid? IdempotencyKey { get; init; }

    /// <summary>The call through the API, where its sender may send it again; null where it may not.</summary>
    public RepeatableCall? Repeatable { get; init; }

    /// <summary>The command runs in its transaction, shows what it would change, and is rolled back.</summary>
    public bool DryRun { get; init; }

    /// <summary>Sent along with a change of access: the API keys, of people whom it takes something from, that it revokes.</summary>
    public IReadOnlyList<Guid> RevokedKeys { get; init; } = [];

    /// <summary>The token or key through which is acted; null for a session.</summary>
    public Credential? Credential { get; init; }

    /// <summary>The program itself.</summary>
    public static Actor System { get; } = new(Guid.Empty, "system", "", "") { Kind = AuditActorKind.System };

    /// <summary>Somebody who is not signed in.</summary>
    public static Actor Anonymous(string address, string requestId) => new(Guid.Empty, "", address, requestId) { Kind = AuditActorKind.Anonymous };

    /// <summary>The context of an audit entry of this actor.</summary>
    public AuditContext InAudit(Guid? organizationId, Guid? projectId, DateTime nowUtc) =>
        new(organizationId, projectId, nowUtc, Kind, Kind is AuditActorKind.Person or AuditActorKind.Key ? UserId : null, Name, Address, RequestId)
        {
            Through = Credential is TokenCredential token ? $"token {token.Name} ({KeyText.Shown(KeyPrefix.PersonalToken, token.Id)})" : "",
        };

    /// <summary>A project's key as an actor of its own.</summary>
    public static Actor Of(KeyCredential key, RequestOrigin origin) => new(key.Id, key.Name, origin.Address, origin.RequestId)
    {
        Kind = AuditActorKind.Key,
        Credential = key,
    };
}
