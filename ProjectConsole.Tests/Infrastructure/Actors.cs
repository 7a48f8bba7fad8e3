using ProjectConsole.Data.Accounts;
using ProjectConsole.Security;

namespace ProjectConsole.Tests.Infrastructure;

/// <summary>People as they call services.</summary>
public static class Actors
{
    /// <summary>Somebody who is not signed in.</summary>
    public static Actor Anonymous { get; } = Actor.Anonymous("192.0.2.1", "test");

    /// <summary>The person.</summary>
    public static Actor Of(User user) => new(user.Id, user.Email!, "192.0.2.1", "test");

    /// <summary>The person, asking for a preview.</summary>
    public static Actor Previewing(User user) => Of(user) with { DryRun = true };
}
