namespace ProjectConsole.Components.Layout;

/// <summary>Where one is: organization / workspace / project. A phone shows the deepest level only.</summary>
public sealed partial class ScopePath;
