using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Keys;

namespace ProjectConsole.Features.Keys;

/// <summary>Keys or tokens as a table, with their menu.</summary>
public sealed partial class KeyTable
{
    private RowMenu? _menu;

    /// <summary>The rows; null while they load.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<KeyListRow>? Rows { get; set; }

    /// <summary>What the table is called.</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>Whether different people make them.</summary>
    [Parameter]
    public bool ShowsCreator { get; set; }

    /// <summary>Somebody wants another secret.</summary>
    [Parameter]
    public EventCallback<KeyListRow> OnRotate { get; set; }

    /// <summary>Somebody wants to end one.</summary>
    [Parameter]
    public EventCallback<KeyListRow> OnRevoke { get; set; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    private static string StateOf(KeyListRow row) => row.State switch
    {
        KeyState.WithoutSecret => row.IsOrganizationDefault ? "Not rotated" : "Waiting",
        _ => row.State.ToString(),
    };

    private static string Titles(KeyListRow row) => string.Join(", ", PermissionText.Parse(row.Permissions).Select(permission => permission.Title));

    private string Made(KeyListRow row)
    {
        if (row.IsOrganizationDefault)
        {
            return row.State == KeyState.WithoutSecret ? "Only Owners see it. Rotate it to get its secret." : "Only Owners see it.";
        }

        var made = ShowsCreator ? $"{TimeText.Date(row.CreatedUtc)} by {row.CreatedByName}" : $"Made {TimeText.Date(row.CreatedUtc)}";
        var gone = row.IsCreatorGone ? ", who is no longer here" : "";
        return row.State == KeyState.Revoked ? $"{made}{gone}. Revoked by {row.RevokedByName}." : $"{made}{gone}";
    }

    private void OpenMenu(KeyListRow row) => _menu!.Open(row.Name, [
        new MenuItem("Rotate", "autorenew") { DisabledReason = row.RefusedToRotate, OnClick = () => OnRotate.InvokeAsync(row) },
        new MenuItem("Revoke", "block") { IsDanger = true, StartsGroup = true, DisabledReason = row.RefusedToRevoke, OnClick = () => OnRevoke.InvokeAsync(row) }]);
}
