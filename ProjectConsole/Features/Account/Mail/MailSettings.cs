namespace ProjectConsole.Features.Account.Mail;

/// <summary>The settings <c>Email:*</c>.</summary>
public sealed class MailSettings
{
    /// <summary>The SMTP server; empty for none, and mails become files.</summary>
    public string Host { get; set; } = "";

    /// <summary>Its port.</summary>
    public int Port { get; set; } = 587;

    /// <summary>Whether the connection must be encrypted (STARTTLS).</summary>
    public bool UseTls { get; set; } = true;

    /// <summary>Whom to sign in as; empty for nobody.</summary>
    public string UserName { get; set; } = "";

    /// <summary>With which password.</summary>
    public string Password { get; set; } = "";

    /// <summary>The sender.</summary>
    public string From { get; set; } = "projectconsole@localhost";
}
