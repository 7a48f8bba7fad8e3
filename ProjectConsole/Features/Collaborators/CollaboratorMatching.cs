using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Collaborators;

/// <summary>Filters and order of the list, in SQL.</summary>
internal static class CollaboratorMatching
{
    /// <summary>The entries that a query asks for.</summary>
    public static IQueryable<CollaboratorEntry> Matching(
        this IQueryable<CollaboratorEntry> entries, ConsoleDbContext db, CollaboratorScope scope, CollaboratorQuery query)
    {
        if (TextRules.Clean(query.Search) is { Length: > 0 } search)
        {
            entries = Found(entries, db, search);
        }

        if (query.Role is { Length: > 0 } role)
        {
            var (projectId, now) = (scope.Project.ProjectId, scope.NowUtc);
            entries = entries.Where(entry => entry.RoleKey == role
                || db.Grants.Any(raised => raised.PrincipalId == entry.PrincipalId && raised.ProjectId == projectId && raised.IsUpgrade && raised.RoleKey == role && raised.ExpiresUtc > now));
        }

        if (query.IsExternal)
        {
            entries = entries.Where(entry => entry.MemberRole == null && !entry.IsTeam);
        }

        if (query.IsExpiring)
        {
            var (now, soon) = (scope.NowUtc, scope.NowUtc + CollaboratorQuery.Soon);
            entries = entries.Where(entry => entry.ExpiresUtc > now && entry.ExpiresUtc <= soon);
        }

        if (query.IsRestricted)
        {
            entries = entries.Where(entry => entry.RestrictionId != null);
        }

        if (query.IsBlocked)
        {
            var allowsExternal = scope.AllowsExternal;
            entries = entries.Where(entry => !entry.IsTeam && (entry.LockedUtc != null || (!allowsExternal && entry.MemberRole == null)));
        }

        return From(entries, db, scope, query.Source);
    }

    /// <summary>The entries in the order asked for. Databases disagree on where nothing sorts, so it is put last by hand.</summary>
    public static IQueryable<CollaboratorEntry> Sorted(this IQueryable<CollaboratorEntry> entries, CollaboratorScope scope, CollaboratorQuery query)
    {
        var sorted = (query.Sort, query.IsReversed) switch
        {
            (CollaboratorSort.Address, false) => entries.OrderBy(entry => entry.SortName),
            (CollaboratorSort.Address, true) => entries.OrderByDescending(entry => entry.SortName),
            (CollaboratorSort.Granted, false) => entries.OrderBy(entry => entry.GrantedUtc == null).ThenByDescending(entry => entry.GrantedUtc).ThenBy(entry => entry.SortName),
            (CollaboratorSort.Granted, true) => entries.OrderBy(entry => entry.GrantedUtc == null).ThenBy(entry => entry.GrantedUtc).ThenBy(entry => entry.SortName),
            (CollaboratorSort.Expires, false) => entries.OrderBy(entry => entry.ExpiresUtc == null).ThenBy(entry => entry.ExpiresUtc).ThenBy(entry => entry.SortName),
            (CollaboratorSort.Expires, true) => entries.OrderBy(entry => entry.ExpiresUtc == null).ThenByDescending(entry => entry.ExpiresUtc).ThenBy(entry => entry.SortName),
            (_, false) => entries.OrderByDescending(Rank(scope)).ThenBy(entry => entry.SortName),
            _ => entries.OrderBy(Rank(scope)).ThenBy(entry => entry.SortName),
        };
        return sorted.ThenBy(entry => entry.PrincipalId);
    }

    // A custom role stands where the largest built-in role in it does.
    private static Expression<Func<CollaboratorEntry, int>> Rank(CollaboratorScope scope)
    {
        var (fifth, fourth, third, second, first) = (scope.OfRank(5), scope.OfRank(4), scope.OfRank(3), scope.OfRank(2), scope.OfRank(1));
        return entry => fifth.Contains(entry.RoleKey) ? 5 : fourth.Contains(entry.RoleKey) ? 4 : third.Contains(entry.RoleKey) ? 3
            : second.Contains(entry.RoleKey) ? 2 : first.Contains(entry.RoleKey) ? 1 : 0;
    }

    // Whoever looks for a person finds the team as well through which that person is in.
    private static IQueryable<CollaboratorEntry> Found(IQueryable<CollaboratorEntry> entries, ConsoleDbContext db, string search)
    {
        var (address, name) = (TextRules.LikePattern(EmailAddress.Normalize(search)), TextRules.LikePattern(TextRules.Fold(search)));
        return entries.Where(entry => (!entry.IsTeam && EF.Functions.Like(entry.SortName!, address, @"\"))
            || (entry.IsTeam && db.Teams.Any(team => team.Id == entry.PrincipalId && (EF.Functions.Like(team.NameFolded, name, @"\") || EF.Functions.Like(team.Slug, name, @"\"))))
            || (entry.IsTeam && (from principal in db.Principals.Where(principal => principal.Id == entry.PrincipalId)
                                 join user in db.Users on principal.UserId equals user.Id
                                 where EF.Functions.Like(user.NormalizedEmail!, address, @"\")
                                 select user.Id).Any()));
    }

    private static IQueryable<CollaboratorEntry> From(
        IQueryable<CollaboratorEntry> entries, ConsoleDbContext db, CollaboratorScope scope, CollaboratorSource? source)
    {
        var (everywhere, workspaceId, now, isDefault) = (scope.Everywhere, scope.WorkspaceId, scope.NowUtc, scope.IsDefault);
        return source switch
        {
            CollaboratorSource.Direct => entries.Where(entry => entry.Path == CollaboratorPath.Project && !entry.IsTeam),
            CollaboratorSource.Team => entries.Where(entry => entry.IsTeam),
            CollaboratorSource.Workspace => entries.Where(entry => entry.Path == CollaboratorPath.Workspace
                || db.Grants.Any(grant => grant.PrincipalId == entry.PrincipalId && grant.WorkspaceId == workspaceId && (grant.ExpiresUtc == null || grant.ExpiresUtc > now))),
            CollaboratorSource.Organization => entries.Where(entry => everywhere.Contains(entry.MemberRole)),
            CollaboratorSource.DefaultProject => entries.Where(entry => isDefault && entry.MemberRole != null),
            _ => entries,
        };
    }
}
