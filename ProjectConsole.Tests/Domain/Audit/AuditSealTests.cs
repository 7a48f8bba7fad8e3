using ProjectConsole.Domain.Audit;

namespace ProjectConsole.Tests.Domain.Audit;

public sealed class AuditSealTests
{
    [Theory]
    [InlineData(1, "", "e6e2d718b2ac9fc23101c5987600fbe39b06ff05431189122cff514c58192c30")]
    [InlineData(2, "ab", "0d751665669789a6a7ee58bfc74832890305633d284a729945f1b0efeb28647e")]
    public void Of_TheWrittenFormat_IsTheHashThatOthersCompute(long number, string previous, string expected)
    {
        var context = new AuditContext(
            new Guid("00112233-4455-6677-8899-aabbccddeeff"), null, new DateTime(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc).AddMicroseconds(5), AuditActorKind.Person, null, "straße@acme.test", "192.0.2.1", "r");
        var entry = new AuditEntry(context, "project.changed", new AuditObject("project", null, "東京"), AuditResult.Denied).With(null, "").Because("no", 3);

        Assert.Equal(expected, AuditSeal.Of(entry, number, previous));
    }

    [Fact]
    public void Of_LettersMovedToTheNextField_IsAnother()
    {
        AuditEntry Named(string kind, string name) => new(
            new AuditContext(null, null, DateTime.UnixEpoch, AuditActorKind.System, null, "", "", ""), "a", new AuditObject(kind, null, name), AuditResult.Done);

        Assert.NotEqual(AuditSeal.Of(Named("ab", "c"), 1, ""), AuditSeal.Of(Named("a", "bc"), 1, ""));
        Assert.Equal(AuditSeal.Of(Named("a", "bc"), 1, ""), AuditSeal.Of(Named("a", "bc"), 1, ""));
    }
}
