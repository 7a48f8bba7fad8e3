using Microsoft.EntityFrameworkCore;
using ProjectConsole.Features.Limits;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Limits;

public sealed class LimitsCommandsTests
{
    [Theory]
    [InlineData(true, "admin", "reconcile-usage")]
    [InlineData(true, "admin", "reconcile-usage", "--dry-run")]
    [InlineData(false, "admin")]
    [InlineData(false, "reconcile-usage")]
    [InlineData(false, "--Urls", "http://localhost:0")]
    public void IsMeant_OnlyByItsName(bool meant, params string[] args) => Assert.Equal(meant, LimitsCommands.IsMeant(args));

    [DatabaseTheory]
    public async Task Run_NumbersThatDiffer_AreReportedThenMendedThenProven(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var churn = await acme.ProjectAsync("churn");
        await acme.ResourceAsync(churn, "file", "one");

        Assert.Equal((1, $"churn ({churn.Id}): file stored 0, used 1|1 differ. Without --dry-run they are mended."), await RunAsync(database, "--dry-run"));
        Assert.Equal(0, await database.ReadAsync(db => db.Usages.CountAsync()));
        Assert.Equal((0, $"churn ({churn.Id}): file stored 0, used 1|1 mended."), await RunAsync(database));
        Assert.Equal((0, "The stored usage equals what exists."), await RunAsync(database, "--dry-run"));
        Assert.Equal(1, await database.ReadAsync(db => db.Usages.Select(usage => usage.Used).SingleAsync()));
    }

    private static async Task<(int Code, string Text)> RunAsync(TestDatabase database, params string[] args)
    {
        await using var output = new StringWriter();
        string[] settings = [$"--Database:Provider={database.Kind}", $"--ConnectionStrings:Console={database.ConnectionString}"];
        var code = await LimitsCommands.RunAsync(["admin", "reconcile-usage", .. args, .. settings], output);
        return (code, string.Join('|', output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim())));
    }
}
