using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Resources;

namespace ProjectConsole.Tests.Features.Resources;

public sealed class ReferenceChoicesTests
{
    [Fact]
    public async Task Search_TypedWhileOneRuns_AsksOnlyForTheLast()
    {
        var (asked, first) = (new List<string>(), new TaskCompletionSource());
        var field = ResourceKinds.Get("run").Field("pipeline")!;
        var choices = new ReferenceChoices(async (_, text) =>
        {
            asked.Add(text);
            if (text == "d")
            {
                await first.Task;
            }

            return [.. Enumerable.Range(0, ResourceDetailService.MostChoices).Select(number => new ReferenceChoice($"{text}-{number}", ""))];
        });
        await choices.LoadAsync([field]);

        var search = choices.SearchAsync(field, "d");
        Assert.False(await choices.SearchAsync(field, "de"));
        Assert.False(await choices.SearchAsync(field, "det"));
        first.SetResult();

        Assert.True(await search);
        Assert.Equal(["", "d", "det"], asked);
        Assert.Equal("det-0", Assert.Single(choices.Lists).Choices[0].Value);
    }
}
