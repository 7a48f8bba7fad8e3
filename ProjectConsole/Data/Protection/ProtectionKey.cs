namespace ProjectConsole.Data.Protection;

/// <summary>A data-protection key, kept in the database so that several nodes read each other's cookies.</summary>
public sealed class ProtectionKey
{
    private ProtectionKey()
    {
    }

    /// <summary>Keeps a key.</summary>
    public ProtectionKey(string name, string xml) => (Name, Xml) = (name, xml);

    /// <summary>The key's friendly name.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The key's XML.</summary>
    public string Xml { get; private set; } = "";
}
