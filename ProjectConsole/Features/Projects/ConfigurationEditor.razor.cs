using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Controls;

namespace ProjectConsole.Features.Projects;

/// <summary>Rows of named values.</summary>
public sealed partial class ConfigurationEditor
{
    private readonly string _errorId = ControlIds.Next("configuration");

    /// <summary>The rows; they are changed in place.</summary>
    [Parameter, EditorRequired]
    public required List<ConfigurationRow> Rows { get; set; }

    /// <summary>What is wrong.</summary>
    [Parameter]
    public string? Error { get; set; }

    /// <summary>Shown only.</summary>
    [Parameter]
    public bool IsReadOnly { get; set; }

    /// <summary>Something was typed.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    private string? Invalid => Error is null ? null : "true";

    private string? DescribedBy => Error is null ? null : _errorId;

    private Task AddAsync()
    {
        Rows.Add(new ConfigurationRow());
        return OnChanged.InvokeAsync();
    }

    private Task RemoveAsync(ConfigurationRow row)
    {
        Rows.Remove(row);
        return OnChanged.InvokeAsync();
    }

    private Task NamedAsync(ConfigurationRow row, ChangeEventArgs change)
    {
        row.Name = change.Value as string ?? "";
        return OnChanged.InvokeAsync();
    }

    private Task ValuedAsync(ConfigurationRow row, ChangeEventArgs change)
    {
        row.Value = change.Value as string ?? "";
        return OnChanged.InvokeAsync();
    }
}
