using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Api;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Tests.Api;

public sealed class ListCallTests
{
    private const int Counted = 1000;

    private readonly Cursors _cursors = new(new EphemeralDataProtectionProvider());

    [Theory]
    [InlineData(50, 120, false, true)]
    [InlineData(50, 50, false, false)]
    [InlineData(20, 20, false, false)]
    [InlineData(0, 0, false, false)]
    [InlineData(50, Counted, true, true)]
    public async Task Answer_FirstPart_NamesTheNextOneWhereThereIsOne(int rows, int total, bool isCapped, bool hasMore)
    {
        var call = await CallAsync("");

        Assert.Equal(hasMore, Answer(call, rows, total, isCapped).NextCursor is not null);
    }

    [Theory]
    [InlineData(50, true)]
    [InlineData(49, true)]
    [InlineData(1, true)]
    [InlineData(0, false)]
    public async Task Answer_BehindWhatIsCounted_GoesOnUntilAPartIsEmpty(int rows, bool hasMore)
    {
        var before = await CallAsync("");
        var cursor = Assert.IsType<Listed<int>>(Assert.IsAssignableFrom<IValueHttpResult>(before.Answer<int>([], Counted)).Value).NextCursor;
        var call = await CallAsync($"?cursor={cursor}");
        Assert.Equal(Counted, call.Page.Skip);

        Assert.Equal(hasMore, Answer(call, rows, Counted, isCapped: true).NextCursor is not null);
    }

    private static Listed<int> Answer(ListCall call, int rows, int total, bool isCapped)
    {
        Result<Page<int>> page = new Page<int>([.. Enumerable.Range(0, rows)], total, call.Page.Number, call.Page.Size) { IsCapped = isCapped };
        return Assert.IsType<Listed<int>>(Assert.IsAssignableFrom<IValueHttpResult>(call.Answer(page, row => row)).Value);
    }

    private async Task<ListCall> CallAsync(string query)
    {
        var http = new DefaultHttpContext { RequestServices = new ServiceCollection().AddSingleton(_cursors).BuildServiceProvider() };
        (http.Request.Path, http.Request.QueryString) = ("/api/v1/organizations/acme/resources", new QueryString(query));
        ApiCall.Begin(http, new Actor(Guid.Parse("0199a0aa-0000-7000-8000-000000000001"), "owner@acme.test", "", ""));
        return Assert.IsType<ListCall>(await ListCall.BindAsync(http));
    }
}
