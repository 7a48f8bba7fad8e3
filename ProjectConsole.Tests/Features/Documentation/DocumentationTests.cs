using System.Net;
using ProjectConsole.Features.Documentation;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Documentation;

/// <summary>The documentation in the console, and the page that tries the API.</summary>
public sealed class DocumentationTests(ConsoleServer server) : IClassFixture<ConsoleServer>
{
    [Fact]
    public void Part_OfEveryHeading_HasTheTextOfTheReadmeUpToTheNextHeading()
    {
        Assert.Equal(["api", "command-line", "roles", "resources", "audit", "nginx", "sshd"], DocumentationPart.All.Select(part => part.Slug));
        Assert.All(DocumentationPart.All, part => Assert.True(part.Text(null).Length > 500 && !part.Text(null).Contains("\n## ", StringComparison.Ordinal), part.Slug));
        Assert.Contains("# On the host", DocumentationPart.Find("command-line")!.Text(null), StringComparison.Ordinal);
    }

    [Fact]
    public void Part_OfAConsoleElsewhere_CallsThatOne()
    {
        var text = DocumentationPart.Find("api")!.Text(new Uri("https://console.example:8443/"));

        Assert.Contains("https://console.example:8443/api/v1/whoami", text, StringComparison.Ordinal);
        Assert.DoesNotContain("localhost", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_AskedBySomebodyNotSignedIn_LeadsToSignIn()
    {
        using var browser = server.OpenBrowser();

        Assert.Equal(HttpStatusCode.Redirect, (await browser.OpenAsync("/docs/api")).StatusCode);
    }

    [Fact]
    public async Task Page_OfNoPart_IsNotFound()
    {
        var person = await server.AddAccountAsync($"{Guid.NewGuid():N}@acme.test");
        using var browser = server.OpenBrowser();
        await browser.SignInAsync(person.Email!);

        Assert.Equal(HttpStatusCode.NotFound, (await browser.OpenAsync("/docs/no-such-part")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.OpenAsync("/docs")).StatusCode);
    }

    // A page of this origin that loads whatever document an address names would show anybody's words as ours.
    // https://github.com/swagger-api/swagger-ui/security/advisories/GHSA-qrmm-w75w-3wpx
    [Fact]
    public async Task ApiExplorer_WithADocumentInTheAddress_KeepsToItsOwn()
    {
        using var client = server.CreateClient();

        using var page = await client.GetAsync("/docs/try-the-api/index.html?url=https://evil.example/openapi.json");
        var script = await client.GetStringAsync("/docs/try-the-api/index.js");

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("connect-src 'self'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains("\"url\":\"/openapi/v1.json\"", script, StringComparison.Ordinal);
        Assert.Contains("\"persistAuthorization\":false", script, StringComparison.Ordinal);
        Assert.DoesNotContain("\"queryConfigEnabled\":true", script, StringComparison.Ordinal);
    }
}
