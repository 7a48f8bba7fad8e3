using System.Net;
using System.Text.RegularExpressions;

namespace ProjectConsole.Tests.Infrastructure;

/// <summary>A person's browser without scripts: keeps cookies, fills in and posts the forms of pages.</summary>
public sealed partial class FormBrowser(HttpClient client) : IDisposable
{
    /// <summary>What sends the requests; it keeps cookies and follows no redirects.</summary>
    public HttpClient Client => client;

    /// <summary>Opens a page.</summary>
    public Task<HttpResponseMessage> OpenAsync(string address) => client.GetAsync(address);

    /// <summary>Opens a page and answers its text.</summary>
    public async Task<string> ReadAsync(string address)
    {
        using var response = await client.GetAsync(address);
        return WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
    }

    /// <summary>Opens a page, fills in its form and posts it.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(string address, params (string Name, string Value)[] fields)
    {
        var hidden = await HiddenFieldsAsync(address);
        return await PostAsync(address, [.. hidden.DistinctBy(field => field.Name).Where(field => fields.All(given => given.Name != field.Name)), .. fields]);
    }

    /// <summary>The hidden fields of a page's forms, antiforgery tokens among them.</summary>
    public async Task<IReadOnlyList<(string Name, string Value)>> HiddenFieldsAsync(string address)
    {
        using var page = await client.GetAsync(address);
        var html = await page.Content.ReadAsStringAsync();
        return [.. HiddenField().Matches(html).Select(field => (field.Groups["name"].Value, WebUtility.HtmlDecode(field.Groups["value"].Value)))];
    }

    /// <summary>Posts fields as they are.</summary>
    public async Task<HttpResponseMessage> PostAsync(string address, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await client.PostAsync(address, form);
    }

    /// <summary>Signs in with the password of <see cref="ConsoleServer"/>'s accounts.</summary>
    public async Task SignInAsync(string email, string password = ConsoleServer.Password)
    {
        using var response = await SubmitAsync("/account/sign-in", ("Input.Email", email), ("Input.Password", password));
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]+)" value="(?<value>[^"]*)" */?>""")]
    private static partial Regex HiddenField();
}
