using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Limits;
using ProjectConsole.Domain.Resources;

namespace ProjectConsole.E2E.Benchmarks;

/// <summary>Resources of every kind, added to a tenant: one project has many, the others share the rest evenly.</summary>
internal sealed class BenchmarkResources
{
    /// <summary>Names of kinds as often as they come.</summary>
    private static readonly string[] Kinds =
    [
        .. Enumerable.Repeat("run", 8), .. Enumerable.Repeat("artifact", 5), .. Enumerable.Repeat("job", 4), "file", "file", "model", "evaluation",
        .. ResourceKinds.All.Select(kind => kind.Name).Where(kind => kind is not ("run" or "artifact" or "job" or "file")),
    ];

    private static readonly string[] Fields =
    [
        """{"gpu-type":"a100","nodes":2,"gpus":8,"cpu-cores":64,"memory":512}""", """{"cpu-cores":4,"memory":16,"gpus":1,"command":"python train.py --epochs 40"}""",
        """{"type":"shared","size":500}""", """{"pipeline":"pipeline-1","configuration":"nightly","cpu-cores":8,"gpus":2,"memory":64}""",
    ];

    private static readonly DateTime Start = DateTime.UnixEpoch.AddYears(55);

    /// <summary>Some resources of the project that has many, and of an ordinary one: kind and name.</summary>
    public required IReadOnlyList<(int Project, string Kind, string Name)> Some { get; init; }

    /// <summary>The pipeline of the project that has many which every run there names.</summary>
    public static string Pipeline => $"pipeline-{Array.IndexOf(Kinds, "pipeline")}";

    /// <summary>Those that a kept database already holds.</summary>
    public static async Task<BenchmarkResources> FindAsync(BenchmarkDatabase database, BenchmarkTenant tenant, int count, int inLargest)
    {
        await using var db = database.Open();
        return await db.Resources.CountAsync() >= count
            ? Of([.. Rows(tenant, count, inLargest)])
            : throw new InvalidOperationException($"{database.Folder} holds fewer than {count:N0} resources: name another folder.");
    }

    public static async Task<BenchmarkResources> AddAsync(BenchmarkDatabase database, BenchmarkTenant tenant, int count, int inLargest)
    {
        await using (var db = database.Open())
        {
            // So that only the benchmark's own limits are in force.
            db.AddRange(Metrics.All.Where(metric => metric.Default is not null)
                .Select(metric => new Limit(LimitScope.Organization, tenant.OrganizationId, tenant.OrganizationId, metric, 1_000_000, tenant.OwnerId, BenchmarkTenant.Email, Start)));
            await db.SaveChangesAsync();
        }

        await using var connection = database.Connect();
        await connection.OpenAsync();
        var indexes = await BenchmarkTenant.BeginBulkAsync(connection);
        var rows = Rows(tenant, count, inLargest).ToList();
        await AddResourcesAsync(connection, tenant, rows);
        await AddBesideAsync(connection, tenant, rows);
        await BenchmarkTenant.EndBulkAsync(database, connection, indexes);
        return Of(rows);
    }

    private static BenchmarkResources Of(List<Row> rows) =>
        new() { Some = [.. rows.Where((_, index) => index % Math.Max(1, rows.Count / 500) == 0).Select(row => (row.Project, row.Kind, row.Name))] };

    private static IEnumerable<Row> Rows(BenchmarkTenant tenant, int count, int inLargest)
    {
        for (var number = 0; number < count; number++)
        {
            var rest = number - inLargest;
            var (project, ofProject) = rest < 0 ? (0, number) : (1 + (rest % (tenant.Projects.Count - 1)), rest / (tenant.Projects.Count - 1));
            var kind = Kinds[ofProject % Kinds.Length];
            yield return new Row(Guid.CreateVersion7(), project, kind, $"{kind}-{ofProject}", number);
        }
    }

    private static async Task AddResourcesAsync(DbConnection connection, BenchmarkTenant tenant, List<Row> rows)
    {
        await using var table = await BulkTable.OpenAsync(
            connection, "Resources", "Id", "OrganizationId", "OwnerId", "ProjectId", "Kind", "Name", "Description", "Labels", "State", "StateUtc", "SpecText",
            "IsOrganizationVisible", "CreatedBy", "CreatedByName", "CreatedUtc", "ChangedUtc", "LastUsedUtc", "Version");
        foreach (var row in rows)
        {
            var states = ResourceKinds.Get(row.Kind).Life.States;
            // Most of what was made is over or at rest; a creator makes a few hundred.
            var (state, person, made) = (states[row.Number % 7 % states.Count].Name, row.Number * 31 % Math.Min(200, tenant.Users.Count), row.CreatedUtc);
            var project = tenant.Projects[row.Project];
            await table.AddAsync(
                row.Id, tenant.OrganizationId, project, project, row.Kind, row.Name, "", row.Label is null ? "[]" : $"[\"{row.Label}\"]", state, made,
                Fields[row.Number % Fields.Length], row.Number % 10_000 == 0, tenant.Users[person], $"person-{person}@acme.test", made, made, row.LastUsedUtc, Guid.NewGuid());
        }
    }

    // Labels, what names what, the states that each entered, and shares.
    private static async Task AddBesideAsync(DbConnection connection, BenchmarkTenant tenant, List<Row> rows)
    {
        await using (var labels = await BulkTable.OpenAsync(
            connection, "ResourceLabels", "ResourceId", "Label", "OrganizationId", "OwnerId", "Kind", "Name", "CreatedUtc", "LastUsedUtc"))
        {
            foreach (var row in rows.Where(row => row.Label is not null))
            {
                await labels.AddAsync(row.Id, row.Label!, tenant.OrganizationId, tenant.Projects[row.Project], row.Kind, row.Name, row.CreatedUtc, row.LastUsedUtc);
            }
        }

        var pipelines = rows.Where(row => row.Kind == "pipeline").GroupBy(row => row.Project).ToDictionary(group => group.Key, group => group.First().Id);
        await using (var links = await BulkTable.OpenAsync(connection, "ResourceLinks", "OrganizationId", "FromId", "ToId", "Relation"))
        {
            foreach (var row in rows.Where(row => row.Kind == "run" && pipelines.ContainsKey(row.Project)))
            {
                await links.AddAsync(tenant.OrganizationId, row.Id, pipelines[row.Project], "pipeline");
            }
        }

        await using (var changes = await BulkTable.OpenAsync(connection, "ResourceStateChanges", "OrganizationId", "ResourceId", "State", "WhenUtc", "ByName", "Because"))
        {
            foreach (var row in rows)
            {
                await changes.AddAsync(tenant.OrganizationId, row.Id, ResourceKinds.Get(row.Kind).Life.Initial.Name, Start, BenchmarkTenant.Email, "");
            }
        }

        await using var shares = await BulkTable.OpenAsync(
            connection, "ResourceShares", "Id", "OrganizationId", "ResourceId", "FromOwnerId", "ToProjectId", "Level", "State", "SharedBy", "SharedByName", "SharedUtc");
        foreach (var row in rows.Where(row => row.Number % 500 == 0))
        {
            await shares.AddAsync(
                Guid.CreateVersion7(), tenant.OrganizationId, row.Id, tenant.Projects[row.Project], tenant.Projects[(row.Project + 1 + (row.Number / 500)) % tenant.Projects.Count],
                row.Number % 1000 == 0 ? "Use" : "View", "Accepted", tenant.OwnerId, BenchmarkTenant.Email, Start);
        }
    }

    private sealed record Row(Guid Id, int Project, string Kind, string Name, int Number)
    {
        public string? Label => Number % 5 == 0 ? $"team-{Number % 12}" : null;

        public DateTime CreatedUtc => Start.AddSeconds(Number * 29 % 30_000_000);

        public DateTime LastUsedUtc => CreatedUtc.AddDays(Number % 90);
    }
}
