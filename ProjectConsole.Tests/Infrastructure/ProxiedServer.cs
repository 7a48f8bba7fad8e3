using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace ProjectConsole.Tests.Infrastructure;

/// <summary>A console whose requests come from the network address that they say in a header of the tests.</summary>
public sealed class ProxiedServer : ConsoleServer
{
    /// <summary>Names the address that the connection comes from.</summary>
    public const string RemoteHeader = "Test-Remote";

    /// <inheritdoc/>
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureTestServices(services => services.AddSingleton<IStartupFilter>(new Remote()));
    }

    private sealed class Remote : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, following) =>
            {
                context.Connection.RemoteIpAddress = IPAddress.Parse(context.Request.Headers[RemoteHeader].ToString());
                return following(context);
            });
            next(app);
        };
    }
}
