using ProjectConsole.Shared;

namespace ProjectConsole.Data;

/// <summary>The folder for what is kept outside the database: the embedded database itself, and mails where there is no mail server.</summary>
public sealed class DataDirectory
{
    private readonly string _path;

    private DataDirectory(string path) => _path = path;

    /// <summary>
    /// The folder named by <c>Console:DataDirectory</c>, made if missing; without the setting <c>data</c> in the content root,
    /// in Development beside the project folder, where the repository ignores it.
    /// </summary>
    public static DataDirectory Of(IConfiguration configuration, IHostEnvironment environment)
    {
        var named = configuration["Console:DataDirectory"] is { Length: > 0 } set ? set : environment.IsDevelopment() ? "../data" : "data";
        var path = Path.GetFullPath(named, environment.ContentRootPath);
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"The data directory {path} cannot be made. Create it, or name another one in Console:DataDirectory.");
        }

        return new DataDirectory(path);
    }

    /// <summary>The path of a file in it.</summary>
    public string File(string name) => Path.Combine(_path, name);

    /// <summary>The path of a folder in it, made if missing.</summary>
    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(_path, name)).FullName;
}
