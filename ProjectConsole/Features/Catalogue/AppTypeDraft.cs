using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Resources;

namespace ProjectConsole.Features.Catalogue;

/// <summary>One type of app while the list is edited.</summary>
public sealed class AppTypeDraft
{
    /// <summary>Its name; it stays once it is saved, because apps are stored with it.</summary>
    public string Name { get; set; } = "";

    /// <summary>What people read.</summary>
    public string Title { get; set; } = "";

    /// <summary>The id of what is said under it.</summary>
    public string NoteId { get; } = ControlIds.Next("app-type-note");

    /// <summary>Whether it is not in the list yet.</summary>
    public bool IsNew { get; private init; } = true;

    /// <summary>How many apps are of it, once it is to be taken off; null while it stays.</summary>
    public int? Left { get; set; }

    /// <summary>What becomes of its apps, where it is to be taken off.</summary>
    public string? Fate => Left switch
    {
        null => null,
        0 => "Goes when you save. No app is of this type.",
        1 => "Goes when you save. 1 app is of this type: it stays and can be started, and no more are made.",
        { } left => $"Goes when you save. {Numbers.Whole(left)} apps are of this type: they stay and can be started, and no more are made.",
    };

    /// <summary>Begins with what is there.</summary>
    public static AppTypeDraft Of(FieldChoice type) => new() { Name = type.Name, Title = type.Title, IsNew = false };
}
