using System.Globalization;
using ProjectConsole.Domain.Invitations;
using ProjectConsole.Features.Account;
using ProjectConsole.Features.Account.Mail;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Invitations;

/// <summary>The mail with the link.</summary>
internal static class InvitationMails
{
    public static ConsoleMail Invite(Invitation invitation, InvitationWords words, PublicAddress site, string token) => new(
        invitation.Email,
        $"{invitation.InvitedByName} invites you to {words.Project ?? words.Organization}",
        $"""
        {invitation.InvitedByName} invites you to {Where(words)} at ProjectConsole, as {words.Role}.

        Accept or decline:
        {site.Link(ConsoleUrls.Invitation(token))}

        The link is for {invitation.Email} alone. It works once, until {invitation.ExpiresUtc.ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture)} UTC.
        If you do not know the sender, do nothing: nothing happens without you.
        """);

    private static string Where(InvitationWords words) => words.Project is null ? words.Organization : $"{words.Project} in {words.Organization}";
}

/// <summary>What is offered, in words.</summary>
/// <param name="Organization">Name of the organization.</param>
/// <param name="Project">Name of the project; null for the organization alone.</param>
/// <param name="OrganizationRole">Title of the role in the organization; null for none.</param>
/// <param name="ProjectRole">Title of the role in the project; null for none.</param>
public sealed record InvitationWords(string Organization, string? Project, string? OrganizationRole, string? ProjectRole)
{
    /// <summary>Both roles in a few words.</summary>
    public string Role => (OrganizationRole, ProjectRole) switch
    {
        ({ } there, { } here) => $"{here} (and {there} of the organization)",
        ({ } there, null) => there,
        (null, { } here) => here,
        _ => "",
    };
}
