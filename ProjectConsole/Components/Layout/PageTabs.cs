using Microsoft.AspNetCore.Components.Rendering;

namespace ProjectConsole.Components.Layout;

/// <summary>The tabs under the header.</summary>
public sealed class PageTabs : PlaceListener
{
    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        if (Place.Tabs.Count > 0)
        {
            builder.AddContent(0, SectionTabs.Draw(Place.Tabs, Place.TabsLabel));
        }
    }
}
