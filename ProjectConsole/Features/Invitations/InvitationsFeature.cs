using Microsoft.Extensions.DependencyInjection.Extensions;
using ProjectConsole.Features.Account;

namespace ProjectConsole.Features.Invitations;

/// <summary>Registers invitations and their answers.</summary>
public static class InvitationsFeature
{
    /// <summary>Adds the services of the feature.</summary>
    public static IServiceCollection AddInvitationsFeature(this IServiceCollection services)
    {
        services.TryAddSingleton<AccountWriter>();
        services.AddSingleton<InvitationOffers>();
        services.AddSingleton<InvitationsService>();
        services.AddSingleton<InvitationListService>();
        services.AddSingleton<InvitationAnswers>();
        services.AddScoped<InvitedRegistration>();
        services.AddScoped<InvitationDialogs>();
        return services;
    }
}
