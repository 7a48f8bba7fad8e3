using ProjectConsole.Data;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Invitations;
using ProjectConsole.Domain.Projects;

namespace ProjectConsole.Features.Sample;

/// <summary>Somebody who was invited to the sample's project, and somebody who asks for it.</summary>
internal static class SampleJoining
{
    private const string Invited = "annotator@partner.test";

    public static void AddTo(ConsoleDbContext db, Project project, IReadOnlyDictionary<string, User> people, DateTime nowUtc)
    {
        var (admin, member) = (people[SamplePeople.ProjectAdmin], people[SamplePeople.Member]);
        var invitation = new Invitation(
            project.OrganizationId, Invited, EmailAddress.Normalize(Invited), new InvitationOffer(null, project.Id, ProjectRole.Contributor.Key, nowUtc.AddDays(60)));
        // No token has this hash: the link is made when somebody sends the invitation again.
        invitation.Send("", admin.Id, admin.Email!, nowUtc.AddDays(-2));
        db.Add(invitation);
        db.Add(new AccessRequest(
            project.OrganizationId, project.Id, member.Id, member.Email!,
            new AccessAsk(ProjectRole.Developer.Key, "I take over the night runs of the detection model while the team is away.", 14 * 24), nowUtc.AddHours(-3)));
    }
}
