namespace ProjectConsole.Features.Account;

/// <summary>A form that asks for an address only.</summary>
public sealed class AddressInput
{
    /// <summary>As typed.</summary>
    public string? Email { get; set; }
}
