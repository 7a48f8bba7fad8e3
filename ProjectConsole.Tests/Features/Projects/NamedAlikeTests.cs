using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Features.Projects;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Projects;

public sealed class NamedAlikeTests
{
    [DatabaseTheory]
    [InlineData("Vision", "vision")]
    [InlineData("Ｖisiоn", "vision")]
    [InlineData("Visions", "")]
    [InlineData("", "")]
    [InlineData("100%_[done]\\", "done")]
    [InlineData("100%a[done]\\", "")]
    public async Task FindAlike_Names_AreComparedAsPeopleSeeThem(DatabaseKind kind, string typed, string found)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        await NamedAsync(acme, "vision", "Visiоn");
        await NamedAsync(acme, "done", "100%_[done]\\");

        var result = await database.Get<ProjectStartService>().FindAlikeAsync(Actors.Of(acme.Owner), acme.Id, typed);

        Assert.Equal(found == "" ? [] : [found], result.Value.Select(row => row.Slug));
    }

    [DatabaseTheory]
    public async Task FindAlike_ProjectsThatThePersonDoesNotSee_AreNotTold(DatabaseKind kind)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var other = await Given.OrganizationAsync(database, "other");
        var ann = await acme.MemberAsync("ann");
        await NamedAsync(acme, "vision", "Vision");
        await NamedAsync(other, "vision", "Vision");
        var service = database.Get<ProjectStartService>();

        Assert.Empty((await service.FindAlikeAsync(Actors.Of(ann), acme.Id, "Vision")).Value);
        Assert.Single((await service.FindAlikeAsync(Actors.Of(acme.Owner), acme.Id, "Vision")).Value);
        Assert.IsType<NotFound>((await service.FindAlikeAsync(Actors.Of(acme.Owner), other.Id, "Vision")).Error);
    }

    [DatabaseTheory]
    public async Task FindAlike_MayNotCreate_IsRefused(DatabaseKind kind)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var auditor = await acme.MemberAsync("auditor", OrganizationRole.Auditor);

        Assert.IsType<Forbidden>((await database.Get<ProjectStartService>().FindAlikeAsync(Actors.Of(auditor), acme.Id, "Vision")).Error);
    }

    private static async Task NamedAsync(GivenOrganization organization, string slug, string name)
    {
        var project = await organization.ProjectAsync(slug);
        await organization.ChangeAsync(project, row => row.Change(ProjectDetails.Named(name)));
    }
}
