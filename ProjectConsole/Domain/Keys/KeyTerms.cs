using ProjectConsole.Domain.Access;
using ProjectConsole.Shared;

namespace ProjectConsole.Domain.Keys;

/// <summary>What a key or token is called, what it may do and until when, checked.</summary>
/// <param name="Name">For people.</param>
/// <param name="Permissions">What it may do, with everything that these include.</param>
/// <param name="ExpiresUtc">When it ends; null for never.</param>
public sealed record KeyTerms(string Name, PermissionSet Permissions, DateTime? ExpiresUtc)
{
    /// <summary>How long a new key is proposed to live.</summary>
    public static readonly TimeSpan Proposed = TimeSpan.FromDays(30);

    /// <summary>The longest time for which a former secret stays good.</summary>
    public static readonly TimeSpan LongestGrace = TimeSpan.FromDays(7);

    private static readonly PermissionSet NeverHeld =
        PermissionCatalogue.WithIncluding(Access.Permissions.KeysCreate) | PermissionCatalogue.WithIncluding(Access.Permissions.CollaboratorsManageAdmins);

    /// <summary>What a key of a project can hold at most: nothing that would let it make more of itself.</summary>
    public static PermissionSet OfProjectKeys { get; } = PermissionCatalogue.Project - NeverHeld;

    /// <summary>The set of the Organization Default Key: Developer's, without what no key holds.</summary>
    public static KeyTerms OfOrganizationDefault { get; } = new("Organization Default Key", ProjectRole.Developer.Permissions - NeverHeld, null);

    /// <summary>Cleans and checks what a person typed.</summary>
    /// <param name="name">1 to 80 characters, no @ among them.</param>
    /// <param name="permissions">Names from the catalogue.</param>
    /// <param name="within">What such a key can hold at most.</param>
    /// <param name="expiresUtc">When it ends; null for never.</param>
    /// <param name="longestLifeDays">The longest life of a key that the organization allows; null for no bound.</param>
    /// <param name="nowUtc">Now, UTC.</param>
    public static Result<KeyTerms> Check(
        string? name, IEnumerable<string> permissions, PermissionSet within, DateTime? expiresUtc, int? longestLifeDays, DateTime nowUtc)
    {
        var (clean, errors, set) = (TextRules.Clean(name), new List<FieldError>(), PermissionSet.Empty);
        if ((TextRules.NameError(clean, "The name", StoredKey.LongestName) ?? AddressError(clean)) is { } wrong)
        {
            errors.Add(new(nameof(Name), wrong));
        }

        foreach (var each in permissions)
        {
            if (PermissionCatalogue.Find(each) is not { } permission)
            {
                errors.Add(new(nameof(Permissions), $"There is no permission \"{TextRules.Clean(each)}\"."));
                break;
            }

            set |= PermissionCatalogue.WithIncluded(permission);
        }

        if (set.IsEmpty && errors.TrueForAll(error => error.Field != nameof(Permissions)))
        {
            errors.Add(new(nameof(Permissions), "Choose at least one permission."));
        }
        else if (set - within is { IsEmpty: false } beyond)
        {
            errors.Add(new(nameof(Permissions), $"No key may hold {string.Join(", ", beyond.Select(permission => $"\"{permission.Title}\""))}."));
        }

        if (ExpiryError(expiresUtc, longestLifeDays, nowUtc) is { } expiry)
        {
            errors.Add(new(nameof(ExpiresUtc), expiry));
        }

        return errors.Count == 0 ? new KeyTerms(clean, set, expiresUtc) : new Invalid(errors);
    }

    /// <summary>The refusal of a grace that is too long or negative, or null.</summary>
    public static Invalid? RefuseGrace(TimeSpan grace) => grace < TimeSpan.Zero || grace > LongestGrace
        ? new Invalid("Grace", $"The former secret can stay good for at most {LongestGrace.TotalDays:N0} days.") : null;

    // The audit log and lists name who acted: a key among them must not be taken for a person.
    private static string? AddressError(string name) => TextRules.Fold(name).Contains('@', StringComparison.Ordinal)
        ? "The name holds an @, by which it would be taken for the address of a person. Choose another one." : null;

    private static string? ExpiryError(DateTime? expiresUtc, int? longestLifeDays, DateTime nowUtc) => (expiresUtc, longestLifeDays) switch
    {
        ({ } end, _) when end <= nowUtc => "The date is over: choose a later one.",
        (null, { } days) => $"Keys live at most {days:N0} {(days == 1 ? "day" : "days")} in this organization: choose a date.",
        ({ } end, { } days) when end > nowUtc.AddDays(days) => $"Keys live at most {days:N0} {(days == 1 ? "day" : "days")} in this organization: choose an earlier date.",
        _ => null,
    };
}
