using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace ProjectConsole.E2E.Infrastructure;

/// <summary>A small application that says which headers reached it, behind a real nginx with the configuration of the README.</summary>
public sealed class GuardedApplication : IAsyncDisposable
{
    // What the README takes from the files around it on a real host. One process, so that nothing is left when it ends.
    private const string Frame = """
        daemon off;
        master_process off;
        pid FOLDER/nginx.pid;
        error_log stderr notice;
        events {}
        http {
            access_log off;
            client_body_temp_path FOLDER/body;
            proxy_temp_path FOLDER/proxy;
            fastcgi_temp_path FOLDER/fastcgi;
            uwsgi_temp_path FOLDER/uwsgi;
            scgi_temp_path FOLDER/scgi;
            include FOLDER/guarded.conf;
        }
        """;

    private readonly DirectoryInfo _folder;
    private readonly ToolProcess _nginx;
    private readonly WebApplication _application;

    private GuardedApplication(DirectoryInfo folder, ToolProcess nginx, WebApplication application, int port) =>
        (_folder, _nginx, _application, Address) = (folder, nginx, application, new Uri($"http://localhost:{port}/"));

    /// <summary>Where nginx listens: the console's host, another port.</summary>
    public Uri Address { get; }

    /// <summary>Starts both in front of a console.</summary>
    public static async Task<GuardedApplication> StartAsync(ServerProcess console)
    {
        var (folder, port) = (Directory.CreateTempSubdirectory("projectconsole-nginx-"), ServerProcess.FreePort());
        var application = await StartApplicationAsync();
        var guarded = Readme.File(
            "/etc/nginx/conf.d/guarded.conf",
            ("listen 8080;", $"listen {port};"),
            ("http://127.0.0.1:9000", application.Urls.Single()),
            ("http://127.0.0.1:5080", $"http://127.0.0.1:{console.BaseAddress.Port}"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "guarded.conf"), guarded);
        var configuration = Path.Combine(folder.FullName, "nginx.conf");
        await File.WriteAllTextAsync(configuration, Frame.Replace("FOLDER", folder.FullName, StringComparison.Ordinal));
        // It listens before it names the system that it runs on.
        var nginx = await ToolProcess.StartAsync("nginx", ["-p", folder.FullName, "-e", "stderr", "-c", configuration], "OS: ");
        return new GuardedApplication(folder, nginx, application, port);
    }

    /// <summary>Asks through nginx; answers the status and what the application said.</summary>
    public async Task<(int Status, string Text)> AskAsync(string? credential, params (string Name, string Value)[] headers)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, Address);
        foreach (var (name, value) in headers.Concat(credential is null ? [] : [("Authorization", $"Bearer {credential}")]))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await client.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _nginx.DisposeAsync();
        await _application.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static async Task<WebApplication> StartApplicationAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{ServerProcess.FreePort()}"));
        var application = builder.Build();
        application.Run(context => context.Response.WriteAsync(
            string.Concat(context.Request.Headers.Select(header => $"{header.Key}: {header.Value}\n"))));
        await application.StartAsync();
        return application;
    }
}
