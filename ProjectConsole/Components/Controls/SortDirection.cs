namespace ProjectConsole.Components.Controls;

public enum SortDirection
{
    None,
    Ascending,
    Descending,
}
