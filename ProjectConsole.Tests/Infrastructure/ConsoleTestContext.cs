using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Data.Accounts;

namespace ProjectConsole.Tests.Infrastructure;

/// <summary>
/// Renders components over the real services and a database of the test's own. Order: the constructor of the test class
/// adds features to <c>Services</c>, the test writes what it starts from with <see cref="Given"/>, signs in, renders.
/// </summary>
public abstract class ConsoleTestContext : BunitContext, IAsyncLifetime
{
    private readonly SignedInPerson _person = new();

    /// <summary>Prepares the services that are not about data.</summary>
    protected ConsoleTestContext()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        // bUnit's own authorization ignores the resource that is asked about, so a wrong scope would stay hidden.
        RemovePlaceholders();
        Services.AddAuthorizationCore();
        Services.AddCascadingAuthenticationState();
        Services.AddSingleton<AuthenticationStateProvider>(_person);
        Services.AddControls();
        Services.AddAccessBoundaries();
    }

    /// <summary>The database behind the components.</summary>
    protected TestDatabase Database { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        Database = await TestDatabase.CreateAsync();
        Database.AddTo(Services);
        Services.RemoveAll<AuthenticationStateProvider>();
        Services.AddSingleton<AuthenticationStateProvider>(_person);
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>Acts as this person from now on; open components are told.</summary>
    protected void SignIn(User user) => _person.Become(new ClaimsPrincipal(new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, user.Id.ToString()),
            new(ClaimTypes.Name, user.Email!),
            new("session", Guid.CreateVersion7().ToString()),
            new("stamp", user.SecurityStamp!),
        ],
        "Console")));

    /// <summary>A service of the container that the components use. After the first call nothing can be registered.</summary>
    protected T Service<T>()
        where T : notnull => Services.GetRequiredService<T>();

    private void RemovePlaceholders()
    {
        foreach (var service in Services.Where(service => service.ServiceType.Namespace?.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal) is true
            && service.ServiceType.Name.Contains("Auth", StringComparison.Ordinal)).ToList())
        {
            Services.Remove(service);
        }
    }

    private sealed class SignedInPerson : AuthenticationStateProvider
    {
        private AuthenticationState _state = new(new ClaimsPrincipal(new ClaimsIdentity()));

        public void Become(ClaimsPrincipal person)
        {
            _state = new AuthenticationState(person);
            NotifyAuthenticationStateChanged(Task.FromResult(_state));
        }

        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(_state);
    }
}
