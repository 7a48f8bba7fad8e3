using System.Net;
using System.Text.RegularExpressions;

namespace ProjectConsole.E2E.Benchmarks.Circuits;

/// <summary>A person's session without a browser: one cookie jar for requests and circuits.</summary>
internal sealed partial class SignedInClient : IDisposable
{
    private const string SignInPath = "/account/sign-in";
    private const string SessionCookie = "console-session";

    private SignedInClient(Uri server)
    {
        Http = new HttpClient(new SocketsHttpHandler { CookieContainer = Cookies }) { BaseAddress = server };
    }

    public HttpClient Http { get; }

    public CookieContainer Cookies { get; } = new();

    /// <summary>Signs in through the form that people use.</summary>
    public static async Task<SignedInClient> SignInAsync(Uri server, string email, string password)
    {
        var client = new SignedInClient(server);
        var form = Hidden().Matches(await client.Http.GetStringAsync(SignInPath)).ToDictionary(
            field => WebUtility.HtmlDecode(field.Groups["name"].Value),
            field => WebUtility.HtmlDecode(field.Groups["value"].Value));
        form["Input.Email"] = email;
        form["Input.Password"] = password;
        using var answer = await client.Http.PostAsync(SignInPath, new FormUrlEncodedContent(form));
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
