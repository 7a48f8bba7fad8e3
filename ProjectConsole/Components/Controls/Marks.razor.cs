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
        // No type: a list is in no form. No aria-expanded: the script writes it when it opens the menu.
        builder.AddAttribute(1, "class", "icon-button");
        builder.AddAttribute(2, "aria-label", $"Actions for {name}");
        builder.AddAttribute(3, "aria-haspopup", "menu");
        builder.AddAttribute(4, "onclick", EventCallback.Factory.Create(page, open));
        builder.AddContent(5, Icon("more_vert"));
        builder.CloseElement();
    };
}
