using ProjectConsole.Shared;

namespace ProjectConsole.Features.Account.Mail;

/// <summary>One mail, as plain text.</summary>
public sealed record ConsoleMail(string To, string Subject, string Text);

/// <summary>The mails about accounts.</summary>
internal static class AccountMails
{
    public static ConsoleMail Confirm(string email, PublicAddress site, Guid userId, string token) => new(
        email,
        "Confirm your address",
        $"""
        Somebody, hopefully you, registered this address at ProjectConsole.

        Choose a name and a password to finish:
        {site.Link(ConsoleUrls.WithQuery(ConsoleUrls.ConfirmEmail, ("account", userId), ("code", token)))}

        The link works once, for {AccountFeature.LinkLifetime.TotalHours:0} hours. If it was not you, do nothing: there is no account without it.
        """);

    public static ConsoleMail AlreadyRegistered(string email, PublicAddress site) => new(
        email,
        "You have an account already",
        $"""
        Somebody, hopefully you, tried to register this address at ProjectConsole. It has an account already.

        Sign in: {site.Link(ConsoleUrls.SignIn)}
        Forgot the password: {site.Link(ConsoleUrls.ForgotPassword)}

        If it was not you, do nothing: nothing has changed.
        """);

    public static ConsoleMail Reset(string email, PublicAddress site, Guid userId, string token) => new(
        email,
        "Choose a new password",
        $"""
        Somebody, hopefully you, asked for a new password at ProjectConsole.

        Choose one:
        {site.Link(ConsoleUrls.WithQuery(ConsoleUrls.ResetPassword, ("account", userId), ("code", token)))}

        The link works once, for {AccountFeature.LinkLifetime.TotalHours:0} hours. If it was not you, do nothing: your password stays.
        """);
}
