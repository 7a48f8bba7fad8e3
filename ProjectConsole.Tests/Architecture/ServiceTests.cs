using System.Reflection;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Security;

namespace ProjectConsole.Tests.Architecture;

/// <summary>The service is the wall: whoever is called from a page is told who calls.</summary>
public sealed class ServiceTests
{
    // Each with its reason.
    private static readonly string[] WithoutActor =
    [
        // Everybody is told whether there is something to register or to set up.
        "RegistrationService.IsOpenAsync",
        "SetupService.IsOpenAsync",
        // The program writes the sample.
        "SampleInstallation.CreateAsync",
        "SampleProjects.AddAsync",
        "SampleResources.AddCatalogue",
        "SampleResources.AddAsync",
        "SampleResources.AddSpaceAsync",
        "SampleShares.Add",
    ];

    private static readonly Type[] Means = [typeof(ConsoleWriter), typeof(AccessControl), typeof(IDbContextFactory<ConsoleDbContext>), typeof(ConsoleDbContext)];

    [Fact]
    public void PublicMethods_OfWhatReadsOrWrites_TakeTheActorFirst()
    {
        var wrong = Services().SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(method => !method.IsSpecialName && method.GetBaseDefinition() == method)
            .Where(method => method.GetParameters().FirstOrDefault()?.ParameterType is not { } first || (first != typeof(Actor) && first != typeof(Command)))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}")
            .Except(WithoutActor);

        Assert.Empty(wrong.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void AllowList_EveryEntry_StillExists() => Assert.All(WithoutActor, entry =>
        Assert.Contains(Services(), type => entry.StartsWith(type.Name + ".", StringComparison.Ordinal) && type.GetMethod(entry[(type.Name.Length + 1)..]) is not null));

    [Fact]
    public void Services_ThereAreSome() => Assert.True(Services().Count() > 5);

    private static IEnumerable<Type> Services() => typeof(ConsoleDbContext).Assembly.GetTypes().Where(type =>
        type is { IsClass: true, IsAbstract: false, IsNested: false } && type.Namespace?.StartsWith("ProjectConsole.Features", StringComparison.Ordinal) is true
        && !typeof(Microsoft.AspNetCore.Components.IComponent).IsAssignableFrom(type)
        && type.GetConstructors().Any(constructor => constructor.GetParameters().Any(parameter => Means.Contains(parameter.ParameterType))));
}
