using ProjectConsole.Shared;

namespace ProjectConsole.Features.Account;

/// <summary>
/// One answer to a wrong address, a wrong password, an unconfirmed address and too many tries, so that it tells nobody which
/// addresses have an account.
/// </summary>
public sealed record SignInFailed : RuleError
{
    /// <inheritdoc/>
    public override string Message =>
        $"The address or the password is wrong. After {SignInService.MostTries} wrong passwords an account takes none for {SignInService.LockedFor.TotalMinutes:0} minutes.";
}

/// <summary>Told only after the right password.</summary>
public sealed record AccountIsLocked : RuleError
{
    /// <inheritdoc/>
    public override string Message => "This account is locked. Ask the administrator of the installation to unlock it.";
}

/// <summary>The installation takes no registrations.</summary>
public sealed record RegistrationIsClosed : RuleError
{
    /// <inheritdoc/>
    public override string Message => "This installation takes no registrations. Ask its administrator for an account.";
}

/// <summary>A link from a mail was used already, is too old, or was cut.</summary>
public sealed record LinkIsOver : RuleError
{
    /// <inheritdoc/>
    public override string Message => "This link was used already, is too old, or was not copied whole.";
}
