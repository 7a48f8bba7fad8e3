using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Features.Account;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Features.Installation;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Features.Restrictions;
using ProjectConsole.Features.Roles;
using ProjectConsole.Features.Teams;
using ProjectConsole.Security;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Security.Races;

/// <summary>Projects with exactly two Admins each, who lose it at the same moment.</summary>
internal sealed class AdminPairs(GivenOrganization acme, Actor administrator)
{
    public const string Password = "correct horse battery";

    // The work factor of a password is no matter of this test.
    private static readonly PasswordHasher<User> Hasher = new(Microsoft.Extensions.Options.Options.Create(new PasswordHasherOptions { IterationCount = 1 }));
    public static readonly string Hash = Hasher.HashPassword(new User(), Password);

    private int _made;

    public static void Services(IServiceCollection services)
    {
        services.AddOrganizationsFeature();
        services.AddCollaboratorsFeature();
        services.AddRolesFeature();
        services.AddRestrictionsFeature();
        services.AddInstallationFeature();
        services.AddTeamsFeature();
        services.AddSingleton<IPasswordHasher<User>>(Hasher);
        services.AddSingleton<AccountWriter>();
        services.AddScoped<AccountDeletion>();
    }

    /// <summary>So many projects, whose Admins lose it by these two routes.</summary>
    public async Task<List<(AdminPlace First, AdminPlace Second)>> MakeAsync(AdminRoute first, AdminRoute second, int count)
    {
        var pairs = new List<(AdminPlace, AdminPlace)>(count);
        await using var db = acme.Database.Open();
        for (var index = 0; index < count; index++)
        {
            var project = new Project(acme.Id, acme.Workspace.Id, $"p{_made++}", ProjectDetails.Named($"p{_made}"), acme.Owner.Id, acme.Database.Clock.UtcNow);
            db.Add(project);
            var (one, other) = (Place(db, project), Place(db, project));
            first.Arrange(db, one);
            second.Arrange(db, other);
            pairs.Add((one, other));
        }

        await db.SaveChangesAsync();
        return pairs;
    }

    private AdminPlace Place(ProjectConsole.Data.ConsoleDbContext db, Project project)
    {
        var email = $"{Guid.NewGuid():N}@acme.test";
        var user = new User
        {
            UserName = email,
            Email = email,
            NormalizedUserName = email.ToUpperInvariant(),
            NormalizedEmail = email.ToUpperInvariant(),
            EmailConfirmed = true,
            PasswordHash = Hash,
            CreatedUtc = acme.Database.Clock.UtcNow,
        };
        db.AddRange(user, Principal.OfUser(user.Id));
        return new AdminPlace(acme, Actors.Of(acme.Owner), administrator, project, user);
    }
}
