using ProjectConsole.Domain.Limits;
using ProjectConsole.Domain.Resources;

namespace ProjectConsole.Tests.Domain.Limits;

public sealed class LimitInForceTests
{
    private static readonly Metric Files = Metric.OfKind(ResourceKinds.Get("file"));

    // Installation's default, bound, organization, project: the amount in force and whose it is.
    [Theory]
    [InlineData(null, null, null, null, 64L, LimitScope.Installation)]
    [InlineData(8L, null, null, null, 8L, LimitScope.Installation)]
    [InlineData(8L, null, 40L, null, 40L, LimitScope.Organization)]
    [InlineData(8L, null, 4L, null, 4L, LimitScope.Organization)]
    [InlineData(8L, null, 40L, 12L, 12L, LimitScope.Project)]
    [InlineData(8L, null, 40L, 60L, 40L, LimitScope.Organization)]
    [InlineData(8L, null, null, 60L, 8L, LimitScope.Installation)]
    [InlineData(8L, null, null, 8L, 8L, LimitScope.Project)]
    [InlineData(8L, 30L, 40L, null, 30L, LimitScope.Bound)]
    [InlineData(8L, 30L, 40L, 35L, 30L, LimitScope.Bound)]
    [InlineData(8L, 30L, 40L, 12L, 12L, LimitScope.Project)]
    [InlineData(8L, 8L, null, null, 8L, LimitScope.Installation)]
    [InlineData(8L, 0L, null, null, 0L, LimitScope.Bound)]
    [InlineData(null, null, 0L, null, 0L, LimitScope.Organization)]
    public void Of_WhoSaysWhat_LowestCountsAndTheDefaultOnlyWhereTheOrganizationSaysNothing(
        long? byDefault, long? bound, long? organization, long? project, long amount, LimitScope setBy)
    {
        var inForce = LimitInForce.Of(Metric.Gpus, Limits(Metric.Gpus, byDefault, bound, organization, project));

        Assert.Equal((amount, setBy), (inForce.Amount, inForce.SetBy));
    }

    [Fact]
    public void Of_MetricWithoutDefault_HasNoLimitUntilSomebodySetsOne()
    {
        Assert.Null(LimitInForce.Of(Files, []).Amount);
        Assert.Equal(5, LimitInForce.Of(Files, Limits(Files, null, null, null, 5)).Amount);
        Assert.Equal(7, LimitInForce.Of(Files, Limits(Files, null, 7, null, null)).Amount);
    }

    [Fact]
    public void Of_LimitsOfOtherMetrics_DoNotCount() =>
        Assert.Equal(Metric.Gpus.Default, LimitInForce.Of(Metric.Gpus, Limits(Metric.CpuCores, 1, 1, 1, 1)).Amount);

    [Theory]
    [InlineData(16L, 13L, false)]
    [InlineData(16L, 14L, true)]
    [InlineData(20L, 17L, true)]
    [InlineData(20L, 25L, true)]
    [InlineData(null, 1000L, false)]
    [InlineData(0L, 0L, false)]
    [InlineData(0L, 1L, true)]
    public void IsNear_From85Percent(long? amount, long used, bool near) =>
        Assert.Equal(near, LimitInForce.IsNear(used, amount));

    [Fact]
    public void Refusal_SaysAskedUsedLimitAndWhoCanRaiseIt() => Assert.Equal(
        "GPUs: 8 asked for, 14 of 16 used. The limit is the project's own: an Admin of the project can raise it.",
        new LimitReached(Metric.Gpus, 8, 14, new LimitInForce(Metric.Gpus, 16, LimitScope.Project)).Message);

    [Fact]
    public void Running_EveryRunningState_HasAnActionThatStopsIt() => Assert.All(
        ResourceKinds.All.SelectMany(kind => kind.Life.Running.Select(state => (kind.Life, State: state))),
        entry => Assert.False(entry.Life.Of(entry.Life.In(entry.State).First(action => action.Stops).To).IsRunning));

    private static List<Limit> Limits(Metric metric, long? byDefault, long? bound, long? organization, long? project) =>
    [
        .. ((LimitScope Scope, long? Amount)[])
            [(LimitScope.Installation, byDefault), (LimitScope.Bound, bound), (LimitScope.Organization, organization), (LimitScope.Project, project)]
            is var all ? all.Where(entry => entry.Amount is not null).Select(entry => new Limit(entry.Scope, null, Guid.Empty, metric, entry.Amount!.Value, Guid.Empty, "", DateTime.UnixEpoch)) : [],
    ];
}
