using System.Globalization;
using System.Security.Cryptography;

namespace ProjectConsole.E2E.Infrastructure;

/// <summary>A cluster's host: a real sshd on this machine that asks the console, set up as the README says. Only root can make one.</summary>
public sealed class ClusterHost : IAsyncDisposable
{
    // Of this host alone: the account of a run that was killed stays on the machine, and one that somebody is still leaving is not free yet.
    private readonly string _account = $"projectconsole-e2e-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
    private readonly DirectoryInfo _folder;
    private readonly int _port = ServerProcess.FreePort();
    private readonly (string Shown, string Here)[] _paths;
    private ToolProcess? _sshd;

    private ClusterHost(ServerProcess console)
    {
        // Not in a temporary folder: sshd runs nothing from where others may write.
        _folder = Directory.CreateDirectory($"/var/lib/{_account}");
        _paths =
        [
            ("/usr/local/bin/project-keys", PathOf("project-keys")), ("/usr/local/sbin/end-project-sessions", PathOf("end-project-sessions")),
            ("/etc/project-keys.header", PathOf("header")), ("/run/project-keys", PathOf("sessions")),
            ("http://localhost:5080", console.BaseAddress.GetLeftPart(UriPartial.Authority)), ("User cluster", $"User {_account}"), ("'*' cluster", $"'*' {_account}"),
        ];
    }

    /// <summary>The public key of the person who signs in.</summary>
    public string PublicKey => File.ReadAllText(PathOf("id.pub")).Trim();

    /// <summary>What sshd has written.</summary>
    public string Log => _sshd?.Output ?? "";

    /// <summary>Sets a host up that asks with a key of the project.</summary>
    public static async Task<ClusterHost> StartAsync(ServerProcess console, string key)
    {
        var host = new ClusterHost(console);
        try
        {
            await host.SetUpAsync(key);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Signs in over SSH, runs a command and answers its exit code and output; 255 is a refused login.</summary>
    public Task<(int Code, string Output)> RunAsync(string command) => ToolProcess.RunAsync("ssh", [.. Login, command]);

    /// <summary>Signs in over SSH and stays until the connection ends.</summary>
    public Task<ToolProcess> StayAsync() => ToolProcess.StartAsync("ssh", [.. Login, "echo signed in; exec cat"], "signed in");

    /// <summary>Ends, again and again, the sessions of people who may no longer sign in.</summary>
    public Task<ToolProcess> WatchAsync() => ToolProcess.StartAsync("sh", [PathOf("watch")], "");

    /// <summary>Ends them once, and answers what that wrote.</summary>
    public async Task<string> EndSessionsAsync() => (await ToolProcess.RunAsync(PathOf("end-project-sessions"))).Output;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_sshd is not null)
        {
            await _sshd.DisposeAsync();
        }

        // Forced, since the last process of a session that has ended may still be leaving.
        await ToolProcess.RunAsync("userdel", "--force", "--remove", _account);
        _folder.Delete(recursive: true);
    }

    private string[] Login =>
    [
        "-F", "none", "-i", PathOf("id"), "-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null",
        "-p", _port.ToString(CultureInfo.InvariantCulture), $"{_account}@127.0.0.1",
    ];

    private async Task SetUpAsync(string key)
    {
        await WriteAsync("project-keys", "/usr/local/bin/project-keys");
        await WriteAsync("end-project-sessions", "/usr/local/sbin/end-project-sessions");
        await WriteAsync("project-keys.conf", "/etc/ssh/sshd_config.d/project-keys.conf");
        await WriteAsync("watch", "Beside sshd, as a service");
        await WriteAsync("set-up", "As root on the cluster's host, with a key of the project that may view clusters in $KEY");
        await MustAsync("env", $"KEY={key}", "sh", "-e", PathOf("set-up"));
        await MustAsync("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "journey", "-f", PathOf("id"));
        await MustAsync("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", PathOf("host"));
        // Debian's service makes it.
        Directory.CreateDirectory("/run/sshd");
        await File.WriteAllTextAsync(
            PathOf("sshd_config"),
            string.Create(CultureInfo.InvariantCulture, $"Port {_port}\nListenAddress 127.0.0.1\nHostKey {PathOf("host")}\nPidFile none\nUsePAM no\nInclude {PathOf("project-keys.conf")}\n"));
        _sshd = await ToolProcess.StartAsync("sshd", ["-D", "-e", "-f", PathOf("sshd_config")], "Server listening on 127.0.0.1");
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private Task WriteAsync(string name, string shown)
    {
        var text = Readme.File(shown);
        return File.WriteAllTextAsync(PathOf(name), _paths.Aggregate(text, (written, path) => written.Replace(path.Shown, path.Here, StringComparison.Ordinal)));
    }

    private static async Task MustAsync(string name, params string[] arguments)
    {
        var (code, output) = await ToolProcess.RunAsync(name, arguments);
        if (code != 0)
        {
            throw new InvalidOperationException($"{name} {string.Join(' ', arguments.Where(argument => !argument.StartsWith("KEY=", StringComparison.Ordinal)))} ended with {code}: {output}");
        }
    }
}
