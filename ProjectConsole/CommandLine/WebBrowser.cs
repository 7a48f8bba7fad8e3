using System.ComponentModel;
using System.Diagnostics;

namespace ProjectConsole.CommandLine;

/// <summary>The browser of this machine.</summary>
internal static class WebBrowser
{
    /// <summary>Opens an address; false where there is nothing that would show it.</summary>
    public static bool TryOpen(Uri address)
    {
        if (Command(address) is not { } start)
        {
            return false;
        }

        try
        {
            using var started = Process.Start(start);
            return true;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static ProcessStartInfo? Command(Uri address) =>
        OperatingSystem.IsWindows() ? new ProcessStartInfo(address.AbsoluteUri) { UseShellExecute = true }
        : Environment.GetEnvironmentVariable("BROWSER") is { Length: > 0 } chosen ? Quiet(chosen, address)
        : OperatingSystem.IsMacOS() ? Quiet("open", address)
        // Without a display it would be one in the terminal, which cannot come back to this program.
        : HasDisplay("DISPLAY") || HasDisplay("WAYLAND_DISPLAY") ? Quiet("xdg-open", address)
        : null;

    private static bool HasDisplay(string name) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name));

    // What it says is not for whoever reads the output of this program.
    private static ProcessStartInfo Quiet(string program, Uri address) => new(program, [address.AbsoluteUri]) { RedirectStandardOutput = true, RedirectStandardError = true };
}
