using Microsoft.AspNetCore.Components;

namespace ProjectConsole.Components.Layout;

/// <summary>Organization, workspace or project in the header: a link, and beside it the place for its switcher.</summary>
public sealed record ScopeLevel(string Name, string Href, bool IsCurrent = false, RenderFragment? Switcher = null);
