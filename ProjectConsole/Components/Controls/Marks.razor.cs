using Microsoft.AspNetCore.Components;

namespace ProjectConsole.Components.Controls;

/// <summary>Small marks for rows, as fragments that cost no component.</summary>
public sealed partial class Marks
{
    /// <summary>The three-dot button of a row, named "Actions for (name)". It opens the page's one <see cref="RowMenu" />.</summary>
    // Written by hand, because markup with an event handler cannot be static.
    public static RenderFragment Actions(string name, IHandleEvent page, Action open) => builder =>
    {
        builder.OpenElement(0, "button");
        builder.AddAttribute(1, "type", "button");
        builder.AddAttribute(2, "class", "icon-button");
        builder.AddAttribute(3, "aria-label", $"Actions for {name}");
        builder.AddAttribute(4, "aria-haspopup", "menu");
        builder.AddAttribute(5, "aria-expanded", "false");
        builder.AddAttribute(6, "onclick", EventCallback.Factory.Create(page, open));
        builder.AddMarkupContent(7, "<span class=\"icon\" translate=\"no\" aria-hidden=\"true\">more_vert</span>");
        builder.CloseElement();
    };
}
