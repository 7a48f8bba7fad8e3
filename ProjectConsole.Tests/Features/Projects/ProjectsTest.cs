using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Domain.Access;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Features.Projects;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Projects;

/// <summary>What the tests of the projects feature share.</summary>
internal static class ProjectsTest
{
    /// <summary>A database with the services of the feature.</summary>
    public static Task<TestDatabase> DatabaseAsync(DatabaseKind kind, Action<IServiceCollection>? configure = null) => TestDatabase.CreateAsync(kind, services =>
    {
        services.AddCollaboratorsFeature();
        services.AddProjectsFeature();
        configure?.Invoke(services);
    });

    /// <summary>A draft that breaks no rule.</summary>
    public static ProjectDraft Draft(string slug, params DraftCollaborator[] collaborators) => new() { Name = $"Project {slug}", Slug = slug, Collaborators = collaborators };

    /// <summary>A person with that role in a project called churn, or a stranger.</summary>
    public static async Task<(ProjectConsole.Data.Accounts.User Person, ProjectConsole.Domain.Projects.Project Churn)> PersonAsync(GivenOrganization acme, string who)
    {
        var churn = await acme.ProjectAsync("churn");
        switch (who)
        {
            case "owner":
                return (acme.Owner, churn);
            case "organization admin":
                return (await acme.MemberAsync("org-admin", OrganizationRole.Admin), churn);
            case "auditor":
                var auditor = await acme.MemberAsync("auditor", OrganizationRole.Auditor);
                await acme.GrantAsync(churn, auditor, ProjectRole.Admin);
                return (auditor, churn);
            case "member":
                return (await acme.MemberAsync("member"), churn);
            case "stranger":
                return (await Given.UserAsync(acme.Database, "stranger@other.test"), churn);
            case "external admin":
                var external = await Given.UserAsync(acme.Database, "external@partner.test");
                await acme.GrantAsync(churn, external, ProjectRole.Admin);
                return (external, churn);
            default:
                var person = await acme.MemberAsync(who);
                await acme.GrantAsync(churn, person, ProjectRole.Find(who)!);
                return (person, churn);
        }
    }
}
