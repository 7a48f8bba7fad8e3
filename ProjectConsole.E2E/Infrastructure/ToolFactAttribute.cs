namespace ProjectConsole.E2E.Infrastructure;

/// <summary>A journey that needs programs of the system; where they are missing it is skipped and says which.</summary>
public sealed class ToolFactAttribute : FactAttribute
{
    /// <summary>Names the programs.</summary>
    public ToolFactAttribute(params string[] tools)
    {
        if (tools.Where(tool => ToolProcess.Find(tool) is null).ToArray() is { Length: > 0 } missing)
        {
            Skip = $"Not installed: {string.Join(", ", missing)}. run-all.sh brings it where it may.";
        }
    }

    /// <summary>Whether only root can run it, and why.</summary>
    public string? NeedsRoot
    {
        get;
        set
        {
            field = value;
            if (!Environment.IsPrivilegedProcess)
            {
                Skip ??= $"Only root can run this: {value}";
            }
        }
    }
}
