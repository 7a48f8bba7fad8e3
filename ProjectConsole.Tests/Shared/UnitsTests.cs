using ProjectConsole.Shared;

namespace ProjectConsole.Tests.Shared;

public sealed class UnitsTests
{
    [Theory]
    [InlineData(0, "GPUs", "0 GPUs")]
    [InlineData(1, "GPUs", "1 GPU")]
    [InlineData(2, "GPUs", "2 GPUs")]
    [InlineData(1, "cores", "1 core")]
    [InlineData(1, "GiB", "1 GiB")]
    [InlineData(1536, "GiB", "1,536 GiB")]
    [InlineData(1, null, "1")]
    public void Of_OneOrSeveral_SaysItAsPeopleDo(int amount, string? unit, string expected) => Assert.Equal(expected, Units.Of(amount, unit));
}
