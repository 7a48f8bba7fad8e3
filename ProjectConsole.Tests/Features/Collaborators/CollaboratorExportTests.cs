using ProjectConsole.Domain.Audit;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Collaborators;

public sealed class CollaboratorExportTests
{
    [DatabaseTheory]
    public async Task NoteExport_ByWhoMayRead_IsInTheLogOnce(DatabaseKind kind)
    {
        await using var world = await CollaboratorWorld.CreateAsync(kind);
        Assert.True((await world.Service.NoteExportAsync(world.Actor("viewer"), world.Scope, "csv", 7, "?role=viewer")).Succeeded);
        var entry = Assert.Single(await world.AuditAsync(AuditActions.CollaboratorsExported));
        Assert.Equal((world["viewer"].Id, world.Scope.ProjectId), (entry.ActorId, entry.ProjectId));
        Assert.Equal("""{"format":"csv","rows":7,"filters":"?role=viewer"}""", entry.After);
    }

    [DatabaseTheory]
    public async Task NoteExport_ByAStranger_FindsNothingAndIsNoExport(DatabaseKind kind)
    {
        await using var world = await CollaboratorWorld.CreateAsync(kind);
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.IsType<NotFound>((await world.Service.NoteExportAsync(world.Actor("stranger"), world.Scope, "csv", 7, "")).Error));
    }
}
