using ProjectConsole.CommandLine;

namespace ProjectConsole.Tests.CommandLine;

public sealed class StoredSettingsTests : IDisposable
{
    private const string Token = "pct_0123456789abcdef";

    private readonly TypedPlace _place = new();

    [Fact]
    public void Write_TheFile_IsReadableByItsOwnerAlone()
    {
        if (OperatingSystem.IsWindows())
        {
            // There the profile's folder is the owner's by inheritance.
            return;
        }

        var settings = new StoredSettings { Server = "http://localhost:5080", Token = Token, Organization = "acme", Project = "vision" };

        settings.Write(_place.SettingsPath);
        settings.Write(_place.SettingsPath);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_place.SettingsPath));
        var folder = Path.GetDirectoryName(_place.SettingsPath)!;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        Assert.Equal(settings, StoredSettings.Read(_place.SettingsPath));
        Assert.Single(Directory.GetFiles(folder));
    }

    [Fact]
    public async Task Read_AFileThatOthersCanRead_IsRefused()
    {
        new StoredSettings { Server = "http://localhost:1", Token = Token }.Write(_place.SettingsPath);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_place.SettingsPath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        }

        var typed = await _place.TypeAsync("whoami");

        Assert.Equal((ExitCodes.Refused, ""), (typed.Code, typed.Output));
        Assert.Contains("chmod 600", typed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, typed.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://a.test", "https://b.test", "https://c.test", "https://a.test/")]
    [InlineData(null, "https://b.test", "https://c.test", "https://b.test/")]
    [InlineData(null, null, "https://c.test", "https://c.test/")]
    public void Server_EveryPrecedence_IsTheFirstThatSaysIt(string? typed, string? variable, string? stored, string expected)
    {
        if (variable is not null)
        {
            _place.Variables[ServerAddress.Variable] = variable;
        }

        Assert.Equal(expected, ServerAddress.Find(typed, _place.Around, new StoredSettings { Server = stored }).AbsoluteUri);
    }

    [Theory]
    [InlineData("console.test")]
    [InlineData("ftp://console.test")]
    [InlineData("https://me:secret@console.test")]
    [InlineData("https://console.test/path")]
    [InlineData("https://console.test?token=1")]
    public void Server_ThatIsNone_IsRefused(string typed) =>
        Assert.Equal(ExitCodes.Usage, Assert.Throws<CommandRefusedException>(() => ServerAddress.Find(typed, _place.Around, new())).Code);

    [Fact]
    public void Token_TheStoredOne_IsForItsServerAlone()
    {
        var stored = new StoredSettings { Server = "https://console.test", Token = Token };

        Assert.Equal(Token, ServerAddress.FindToken(new Uri("https://console.test"), _place.Around, stored));
        var refusal = Assert.Throws<CommandRefusedException>(() => ServerAddress.FindToken(new Uri("https://other.test"), _place.Around, stored));
        Assert.Equal(ExitCodes.NotSignedIn, refusal.Code);
        Assert.DoesNotContain(Token, refusal.Message + refusal.Next, StringComparison.Ordinal);
        _place.Variables[ServerAddress.TokenVariable] = "pct_given";
        Assert.Equal("pct_given", ServerAddress.FindToken(new Uri("https://console.test"), _place.Around, stored));
    }

    [Fact]
    public void Settings_InAFolderThatIsNoPath_AreUnderHome()
    {
        _place.Variables["XDG_CONFIG_HOME"] = "relative";
        _place.Variables["HOME"] = "/home/somebody";

        Assert.Equal("/home/somebody/.config/projectconsole/config.json", _place.SettingsPath);
        _place.Variables["XDG_CONFIG_HOME"] = "/etc/own";
        Assert.Equal("/etc/own/projectconsole/config.json", _place.SettingsPath);
    }

    public void Dispose() => _place.Dispose();
}
