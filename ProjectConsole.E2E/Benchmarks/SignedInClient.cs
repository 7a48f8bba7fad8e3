using System.Net;
using System.Text.RegularExpressions;
using ProjectConsole.E2E.Infrastructure;

namespace ProjectConsole.E2E.Benchmarks;

/// <summary>An HTTP client that signed in through the form, as a browser without scripts does.</summary>
internal sealed partial class SignedInClient : IDisposable
{
    private readonly HttpClient _client;

    private SignedInClient(HttpClient client) => _client = client;

    public static async Task<SignedInClient> CreateAsync(ServerProcess server, string email, string password)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = server.BaseAddress };
        var page = await client.GetStringAsync("/account/sign-in");
        var form = HiddenField().Matches(page).ToDictionary(field => field.Groups["name"].Value, field => WebUtility.HtmlDecode(field.Groups["value"].Value));
        form["Input.Email"] = email;
        form["Input.Password"] = password;
        using var answer = await client.PostAsync("/account/sign-in", new FormUrlEncodedContent(form));
        return answer.StatusCode is HttpStatusCode.Found or HttpStatusCode.SeeOther
            ? new SignedInClient(client)
            : throw new InvalidOperationException($"Signing in was answered with {(int)answer.StatusCode}.");
    }

    public Task<HttpResponseMessage> GetAsync(string address) => _client.GetAsync(address);

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"")]
    private static partial Regex HiddenField();
}
