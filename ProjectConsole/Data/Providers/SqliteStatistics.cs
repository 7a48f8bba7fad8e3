using Microsoft.EntityFrameworkCore;

namespace ProjectConsole.Data.Providers;

/// <summary>
/// How many rows SQLite's planner may expect behind the indexes of the large tables. Told nothing, it takes the first column of
/// every index for one that names ten rows, and reads the million grants of an organization to find the fifty of one person.
/// </summary>
/// <remarks>
/// Fixed, as of a large installation of many organizations, and not measured by ANALYZE: the plans that are tested are then the plans
/// that run, on the first day too (https://sqlite.org/lang_analyze.html). A table that is rebuilt and an index
/// that is made anew lose theirs, so they are written at every start. For the format: https://sqlite.org/fileformat2.html#stat1tab.
/// </remarks>
internal static class SqliteStatistics
{
    /// <summary>The table, its index, and the rows in it: all, then how many share the first column, the first two, and so on.</summary>
    internal static readonly (string Table, string Index, string Rows)[] All =
    [
        ("AuditEntries", "IX_AuditEntries_ObjectId_Id", "5000000 10 1"),
        ("AuditEntries", "IX_AuditEntries_OrganizationId_Id", "5000000 50000 1"),
        ("AuditEntries", "IX_AuditEntries_OrganizationId_Action_Id", "5000000 50000 5000 1"),
        ("AuditEntries", "IX_AuditEntries_OrganizationId_ActorId_Id", "5000000 50000 250 1"),
        ("AuditEntries", "IX_AuditEntries_OrganizationId_SealNumber", "5000000 50000 1"),
        ("AuditEntries", "IX_AuditEntries_ProjectId_Id", "5000000 50 1"),
        ("AuditEntries", "IX_AuditEntries_Unsealed", "1000 1000 1"),
        ("Grants", "sqlite_autoindex_Grants_1", "1000000 1"),
        ("Grants", "IX_Grants_ExpiresUtc", "10000 10"),
        ("Grants", "IX_Grants_OrganizationId_PrincipalId", "1000000 10000 1000"),
        ("Grants", "IX_Grants_OrganizationId_RoleKey", "1000000 10000 2000"),
        ("Grants", "IX_Grants_PrincipalId_ProjectId_IsUpgrade", "1000000 1000 1 1"),
        ("Grants", "IX_Grants_PrincipalId_WorkspaceId_IsUpgrade", "1000000 1000 20 20"),
        ("Grants", "IX_Grants_ProjectId_RoleKey_PrincipalId_IsUpgrade_ExpiresUtc", "1000000 10 3 1 1 1"),
        ("Grants", "IX_Grants_RestrictionId", "1000000 100"),
        ("Grants", "IX_Grants_WorkspaceId", "1000000 100"),
        ("Members", "sqlite_autoindex_Members_1", "20000 200 1"),
        ("Members", "IX_Members_OrganizationId_RoleKey", "20000 200 50"),
        ("Members", "IX_Members_UserId", "20000 1"),
        ("Principals", "sqlite_autoindex_Principals_1", "50000 3 1"),
        ("Principals", "IX_Principals_Id_UserId", "50000 1 1"),
        ("Projects", "sqlite_autoindex_Projects_1", "100000 1"),
        ("Projects", "IX_Projects_Default", "100 1"),
        ("Projects", "IX_Projects_OrganizationId_CreatedBy_State", "100000 1000 10 5"),
        ("Projects", "IX_Projects_OrganizationId_CreatedUtc_Slug_State", "100000 1000 1 1 1"),
        ("Projects", "IX_Projects_OrganizationId_LastActivityUtc_Slug_State_SearchText", "100000 1000 1 1 1 1"),
        ("Projects", "IX_Projects_OrganizationId_SearchText_State", "100000 1000 1 1"),
        ("Projects", "IX_Projects_OrganizationId_Slug", "100000 1000 1"),
        ("Projects", "IX_Projects_OrganizationId_State_SearchText", "100000 1000 500 1"),
        ("Projects", "IX_Projects_WorkspaceId", "100000 100"),
        ("ResourceLabels", "sqlite_autoindex_ResourceLabels_1", "500000 2 1"),
        ("ResourceLabels", "IX_ResourceLabels_OrganizationId_Label_CreatedUtc", "500000 5000 100 1"),
        ("ResourceLabels", "IX_ResourceLabels_OrganizationId_Label_LastUsedUtc_Kind_OwnerId", "500000 5000 100 1 1 1"),
        ("ResourceLabels", "IX_ResourceLabels_OrganizationId_Label_Name", "500000 5000 100 1"),
        ("ResourceLabels", "IX_ResourceLabels_OwnerId_Label_LastUsedUtc_Kind", "500000 500 20 1 1"),
        ("Resources", "sqlite_autoindex_Resources_1", "1000000 1"),
        ("Resources", "IX_Resources_CreatedBy_OwnerId_Kind_Name", "1000000 100 10 2 1"),
        ("Resources", "IX_Resources_OrganizationId_CreatedUtc", "1000000 10000 1"),
        ("Resources", "IX_Resources_OrganizationId_Kind_LastUsedUtc", "1000000 10000 500 1"),
        ("Resources", "IX_Resources_OrganizationId_Kind_Name", "1000000 10000 500 1"),
        ("Resources", "IX_Resources_OrganizationId_LastUsedUtc", "1000000 10000 1"),
        ("Resources", "IX_Resources_OrganizationId_Name", "1000000 10000 1"),
        ("Resources", "IX_Resources_OwnerId_CreatedBy", "1000000 1000 50"),
        ("Resources", "IX_Resources_OwnerId_Kind_CreatedUtc", "1000000 1000 50 1"),
        ("Resources", "IX_Resources_OwnerId_Kind_LastUsedUtc_Name_State", "1000000 1000 50 1 1 1"),
        ("Resources", "IX_Resources_OwnerId_Kind_Name", "1000000 1000 50 1"),
        ("Resources", "IX_Resources_OwnerId_Kind_State_Name", "1000000 1000 50 15 1"),
        ("Resources", "IX_Resources_OwnerId_LastUsedUtc_Kind_Name_State_CreatedBy", "1000000 1000 1 1 1 1 1"),
        ("Resources", "IX_Resources_ProjectId", "1000000 1000"),
        ("Resources", "IX_Resources_VisibleToOrganization", "10000 1000 50 1"),
        ("Teams", "sqlite_autoindex_Teams_1", "1000 1"),
        ("Teams", "IX_Teams_OrganizationId_NameFolded", "1000 10 1"),
        ("Teams", "IX_Teams_OrganizationId_Slug", "1000 10 1"),
        ("Users", "sqlite_autoindex_Users_1", "20000 1"),
        ("Users", "EmailIndex", "20000 1"),
        ("Users", "IX_Users_CreatedUtc", "20000 1"),
        ("Users", "UserNameIndex", "20000 1"),
    ];

    /// <summary>Writes what the database does not have so yet; a connection that is open elsewhere goes by what it read when it was opened.</summary>
    public static async Task WriteAsync(ConsoleDbContext db, CancellationToken ct)
    {
        // A start that has nothing to say writes nothing: the file may be read-only, or be written by somebody else for a while.
        if (await db.Database.SqlQuery<int>($"SELECT COUNT(*) AS Value FROM sqlite_master WHERE name = 'sqlite_stat1'").SingleAsync(ct) == 0)
        {
            // Makes the table, which no other statement may.
            await db.Database.ExecuteSqlRawAsync("ANALYZE sqlite_schema", ct);
        }

        var known = await db.Database.SqlQuery<string>($"SELECT tbl || '/' || idx || '/' || stat AS Value FROM sqlite_stat1").ToHashSetAsync(ct);
        var missing = All.Where(row => !known.Contains($"{row.Table}/{row.Index}/{row.Rows}")).ToList();
        if (missing.Count == 0)
        {
            return;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        foreach (var (table, index, rows) in missing)
        {
            await db.Database.ExecuteSqlAsync($"DELETE FROM sqlite_stat1 WHERE tbl = {table} AND idx = {index}", ct);
            await db.Database.ExecuteSqlAsync($"INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ({table}, {index}, {rows})", ct);
        }

        await transaction.CommitAsync(ct);
        await db.Database.ExecuteSqlRawAsync("ANALYZE sqlite_schema", ct);
    }
}
