using Microsoft.AspNetCore.Components;

namespace ProjectConsole.Components.Controls;

/// <summary>A sentence across the page that stays: Info, Success, Warning or Danger.</summary>
public sealed partial class Banner
{
    [Parameter]
    public Tone Tone { get; set; } = Tone.Info;

    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }

    [Parameter]
    public RenderFragment? Actions { get; set; }

    private string? ToneClass => Tone switch
    {
        Tone.Success => "banner-success",
        Tone.Warning => "banner-warning",
        Tone.Danger => "banner-danger",
        _ => null,
    };

    private string Icon => Tone switch
    {
        Tone.Success => "check_circle",
        Tone.Warning => "warning",
        Tone.Danger => "error",
        _ => "info",
    };
}
