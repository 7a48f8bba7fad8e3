using ProjectConsole.Domain.Access;

namespace ProjectConsole.Features.Sample;

/// <summary>The accounts of the sample, named after what they are.</summary>
public static class SamplePeople
{
#pragma warning disable CS1591 // Each address says who it is.
    public const string Owner = "owner@acme.test";
    public const string OrganizationAdmin = "org-admin@acme.test";
    public const string Auditor = "auditor@acme.test";
    public const string ProjectAdmin = "project-admin@acme.test";
    public const string Manager = "manager@acme.test";
    public const string Developer = "developer@acme.test";
    public const string Contributor = "contributor@acme.test";
    public const string Viewer = "viewer@acme.test";
    public const string Member = "member@acme.test";
    public const string External = "external@partner.test";
#pragma warning restore CS1591

    /// <summary>Somebody who left and has no account any more.</summary>
    public const string Former = "former-member@acme.test";

    /// <summary>Somebody else of whom the same is true.</summary>
    public const string FormerTrainee = "former-trainee@acme.test";

    /// <summary>Every address.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Owner, OrganizationAdmin, Auditor, ProjectAdmin, Manager, Developer, Contributor, Viewer, Member, External];

    /// <summary>Who belongs to the organization beside its Owner, as what.</summary>
    public static IReadOnlyList<(string Address, OrganizationRole Role)> Roles { get; } =
    [
        (OrganizationAdmin, OrganizationRole.Admin),
        (Auditor, OrganizationRole.Auditor),
        (ProjectAdmin, OrganizationRole.Member),
        (Manager, OrganizationRole.Member),
        (Developer, OrganizationRole.Member),
        (Contributor, OrganizationRole.Member),
        (Viewer, OrganizationRole.Member),
        (Member, OrganizationRole.Member),
    ];
}
