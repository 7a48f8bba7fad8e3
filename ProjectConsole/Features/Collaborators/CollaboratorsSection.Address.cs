using Microsoft.AspNetCore.Components;

namespace ProjectConsole.Features.Collaborators;

/// <summary>What the address says.</summary>
public sealed partial class CollaboratorsSection
{
    [SupplyParameterFromQuery(Name = "search")]
    private string? SearchText { get; set; }

    [SupplyParameterFromQuery(Name = "role")]
    private string? RoleText { get; set; }

    [SupplyParameterFromQuery(Name = "source")]
    private string? FromText { get; set; }

    [SupplyParameterFromQuery(Name = "external")]
    private string? ExternalText { get; set; }

    [SupplyParameterFromQuery(Name = "expiring")]
    private string? ExpiringText { get; set; }

    [SupplyParameterFromQuery(Name = "restricted")]
    private string? RestrictedText { get; set; }

    [SupplyParameterFromQuery(Name = "blocked")]
    private string? BlockedText { get; set; }

    [SupplyParameterFromQuery(Name = "team")]
    private string? TeamText { get; set; }

    [SupplyParameterFromQuery(Name = "sort")]
    private string? SortText { get; set; }

    [SupplyParameterFromQuery(Name = "reversed")]
    private string? ReversedText { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    private string? PageText { get; set; }

    [SupplyParameterFromQuery(Name = "size")]
    private string? SizeText { get; set; }

    private string? Asked(string name) => name switch
    {
        "search" => SearchText,
        "role" => RoleText,
        "source" => FromText,
        "external" => ExternalText,
        "expiring" => ExpiringText,
        "restricted" => RestrictedText,
        "blocked" => BlockedText,
        "team" => TeamText,
        "sort" => SortText,
        "reversed" => ReversedText,
        "page" => PageText,
        "size" => SizeText,
        _ => null,
    };
}
