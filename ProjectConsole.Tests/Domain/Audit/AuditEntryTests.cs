using ProjectConsole.Domain.Audit;
using ProjectConsole.Shared;

namespace ProjectConsole.Tests.Domain.Audit;

public sealed class AuditEntryTests
{
    [Fact]
    public void With_StatesThatDifferBehindTheCut_DoNotReadAlike()
    {
        var (before, after) = (new string('x', 9000) + "a", new string('x', 9000) + "b");

        var entry = Make().With(before, after);

        Assert.Equal((AuditEntry.LongestState, AuditEntry.LongestState), (entry.Before!.Length, entry.After!.Length));
        Assert.EndsWith($"x…{Fingerprint.Of(before)}", entry.Before, StringComparison.Ordinal);
        Assert.EndsWith($"x…{Fingerprint.Of(after)}", entry.After, StringComparison.Ordinal);
        Assert.NotEqual(entry.Before, entry.After);
    }

    [Fact]
    public void With_StateOfTheLongestSize_IsKeptWhole()
    {
        var state = new string('x', AuditEntry.LongestState);

        Assert.Equal(state, Make().With(state, null).Before);
        Assert.Null(Make().With(state, null).After);
    }

    [Fact]
    public void Fingerprint_OfAKnownText_IsTheStartOfItsSha256() => Assert.Equal("ba7816bf8f01cfea", Fingerprint.Of("abc"));

    private static AuditEntry Make() => new(
        new AuditContext(null, null, DateTime.UnixEpoch, AuditActorKind.System, null, "", "", ""), AuditActions.ProjectChanged, new AuditObject("project", null, "churn"), AuditResult.Done);
}
