namespace ProjectConsole.E2E.Pages;

/// <summary>The people of the sample organization <c>acme</c>; each role-named account holds that role in <c>vision</c>.</summary>
public static class SampleAccounts
{
#pragma warning disable CS1591 // The address says who it is.
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
}
