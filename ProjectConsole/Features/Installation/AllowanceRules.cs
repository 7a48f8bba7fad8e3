using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Security;

namespace ProjectConsole.Features.Installation;

/// <summary>What setting an allowance and answering a request for one have in common.</summary>
internal static class AllowanceRules
{
    /// <summary>The sentence for a number that no allowance can have, or null.</summary>
    public static string? Error(int? projects) =>
        projects is < 1 or > AllowanceRequest.Most ? $"An allowance can be 1 to {AllowanceRequest.Most:N0} projects, the Default Project included." : null;

    /// <summary>Sets the allowance, and notes it in the audit log of the organization.</summary>
    public static void Allow(Command command, Organization organization, int? projects)
    {
        if (organization.ProjectAllowance == projects)
        {
            return;
        }

        command.AuditIn(
            organization.Id, null, AuditActions.AllowanceChanged, new AuditObject("organization", organization.Id, organization.Name),
            new { Allowance = organization.ProjectAllowance }, new { Allowance = projects });
        organization.Allow(projects);
    }
}
