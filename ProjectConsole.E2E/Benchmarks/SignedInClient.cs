using System.Net;
using System.Text.RegularExpressions;
using ProjectConsole.E2E.Benchmarks.Circuits;
using ProjectConsole.Shared;

namespace ProjectConsole.E2E.Benchmarks;

/// <summary>A person's session without a browser: one cookie jar for requests and circuits.</summary>
internal sealed partial class SignedInClient : IDisposable
{
    private const string SessionCookie = "console-session";

    // What answers with another address is no page, and is not to be measured as one.
    private SignedInClient(Uri server) =>
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies }) { BaseAddress = server };

    public HttpClient Http { get; }

    public CookieContainer Cookies { get; } = new();

    /// <summary>Signs in through the form that people use.</summary>
    public static async Task<SignedInClient> SignInAsync(Uri server, string email, string password)
    {
        var client = new SignedInClient(server);
        var form = Hidden().Matches(await client.Http.GetStringAsync(ConsoleUrls.SignIn)).ToDictionary(
            field => WebUtility.HtmlDecode(field.Groups["name"].Value),
            field => WebUtility.HtmlDecode(field.Groups["value"].Value));
        form["Input.Email"] = email;
        form["Input.Password"] = password;
        using var answer = await client.Http.PostAsync(ConsoleUrls.SignIn, new FormUrlEncodedContent(form));
        if (!client.Cookies.GetAllCookies().Any(cookie => cookie.Name == SessionCookie))
        {
            throw new InvalidOperationException($"{email} could not sign in.");
        }

        return client;
    }

    /// <summary>Opens a page in a circuit of its own.</summary>
    public Task<BlazorCircuitClient> OpenAsync(string path) => BlazorCircuitClient.OpenAsync(Http, Cookies, new Uri(Http.BaseAddress!, path));

    public void Dispose() => Http.Dispose();

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]+)" value="(?<value>[^"]*)" */?>""")]
    private static partial Regex Hidden();
}
