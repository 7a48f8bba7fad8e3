using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Keys;

/// <summary>
/// Tells the sshd of a cluster whose public keys open it: those of the people who may operate the cluster at that moment. Nothing is
/// copied to the cluster, so that who is removed is refused at the next login.
/// </summary>
public sealed class AuthorizedKeysService(IDbContextFactory<ConsoleDbContext> databases, AccessControl access)
{
    // A fingerprint is one key, which few people share; a person has at most 50.
    private const int Most = 100;

    /// <summary>The keys, as lines of an <c>authorized_keys</c> file. Whoever asks sees the clusters of the project.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="project">The project.</param>
    /// <param name="cluster">The cluster's name.</param>
    /// <param name="user">The address of one person, or null.</param>
    /// <param name="fingerprint">The fingerprint of the key that somebody presents, as sshd writes it (<c>SHA256:…</c>), or null; one of both is asked for.</param>
    /// <param name="ct">Ends the reading.</param>
    public async Task<Result<IReadOnlyList<string>>> ListAsync(
        Actor actor, ProjectScope project, string cluster, string? user, string? fingerprint, CancellationToken ct = default)
    {
        var kind = ResourceKinds.Get("cluster");
        await using var db = await databases.CreateDbContextAsync(ct);
        if (AccessRefusal.InProject(await access.InProjectAsync(db, actor, project, ct), Permissions.Of(kind, "view")) is { } refusal)
        {
            return refusal;
        }

        var (address, presented) = (TextRules.Clean(user), TextRules.Clean(fingerprint));
        if (address == "" && presented == "")
        {
            return new Invalid([new("user", "Name a person by their address, or send a fingerprint."), new("fingerprint", "Send the fingerprint that sshd saw, or name a person.")]);
        }

        var (ownerId, kindName) = (project.ProjectId, kind.Name);
        if (await db.Resources.Where(row => row.OwnerId == ownerId && row.Kind == kindName && row.Name == cluster).Select(row => new { row.CreatedBy }).FirstOrDefaultAsync(ct) is not { } found)
        {
            return new NotFound();
        }

        var email = address == "" ? null : EmailAddress.Normalize(address);
        var keys = await (from key in db.SshKeys
                          join person in db.Users on key.UserId equals person.Id
                          where (presented == "" || key.Fingerprint == presented) && (email == null || person.NormalizedEmail == email)
                          orderby key.CreatedUtc
                          select new { key.UserId, key.Text, person.Email }).Take(Most).ToListAsync(ct);
        var people = keys.Select(key => key.UserId).Distinct().ToList();
        var decided = await access.OfManyAsync(db, db.Projects.Where(row => row.Id == ownerId), db.Users.Where(row => people.Contains(row.Id)), ct);
        return keys.Where(key => decided.GetValueOrDefault((key.UserId, ownerId))?.Access.May(kind, "operate", found.CreatedBy) is true)
            .Select(key => $"{key.Text} {key.Email}").ToList();
    }
}
