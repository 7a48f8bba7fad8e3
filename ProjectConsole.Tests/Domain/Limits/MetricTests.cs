using ProjectConsole.Domain.Resources;
using ProjectConsole.Tests.Features.Resources;

namespace ProjectConsole.Tests.Domain.Limits;

public sealed class MetricTests
{
    [Fact]
    public void OfKind_AnyKind_HasTheDefaultOfItsEntry()
    {
        Assert.Equal(7, (Kettle.Kind with { DefaultLimit = 7 }).Count.Default);
        Assert.Null(Kettle.Kind.Count.Default);
    }

    [Fact]
    public void OfKind_KindsOfTheProduct_HaveTheseDefaults() => Assert.Equal(
        "template=50 cluster=20 instance=20 endpoint=50 app=50 volume=50 disk=50 snapshot=50 network=20 ip-address=20",
        string.Join(' ', ResourceKinds.All.Where(kind => kind.Count.Default is not null).Select(kind => $"{kind.Name}={kind.Count.Default}")));
}
