using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.FileProviders;

namespace ProjectConsole;

/// <summary>Where the settings files are read from.</summary>
public static class SettingsFiles
{
    /// <summary>
    /// Reads appsettings.json beside the binary. The file stands at the top of the repository and is copied to the output, but the
    /// host looks in the content root, which is the project folder. The order of the sources stays: environment and arguments win.
    /// </summary>
    public static void ReadSettingsBesideTheBinary(this WebApplicationBuilder builder)
    {
        var files = new PhysicalFileProvider(AppContext.BaseDirectory);
        foreach (var source in builder.Configuration.Sources.OfType<JsonConfigurationSource>())
        {
            if (source.Path?.StartsWith("appsettings", StringComparison.Ordinal) is true)
            {
                source.FileProvider = files;
            }
        }

        ((IConfigurationRoot)builder.Configuration).Reload();
    }
}
