using Microsoft.AspNetCore.Identity;

namespace ProjectConsole.Data.Accounts;

/// <summary>
/// An account. It counts as one only once its address is confirmed. The e-mail address is the user name.
/// </summary>
public sealed class User : IdentityUser<Guid>
{
    /// <summary>The most characters of an address (RFC 5321 section 4.5.3.1.3).</summary>
    public const int LongestEmail = 254;

    /// <summary>Makes an account without a password; Identity sets the normalized fields.</summary>
    public User() => Id = Guid.CreateVersion7();

    /// <summary>How the person likes to be called; may be empty. People are listed by address.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>Answers for the installation; has no access inside an organization by that.</summary>
    public bool IsInstallationAdministrator { get; set; }

    /// <summary>When an administrator locked the account, UTC; null while it is open. Wrong passwords use Identity's lockout instead.</summary>
    public DateTime? LockedUtc { get; set; }

    /// <summary>The person ended the account. The row stays for what refers to it, without the address, which is free again.</summary>
    public bool IsDeleted => NormalizedEmail is null;

    /// <summary>When it was made, UTC.</summary>
    public DateTime CreatedUtc { get; set; }
}
