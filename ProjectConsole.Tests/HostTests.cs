using System.Net;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests;

public sealed class HostTests(ConsoleServer factory) : IClassFixture<ConsoleServer>
{
    [Fact]
    public async Task Get_Healthz_Answers()
    {
        using var client = factory.CreateClient();

        Assert.Equal("Healthy", await client.GetStringAsync("/healthz"));
    }

    [Fact]
    public async Task Get_UnknownAddress_IsThePageNotFoundWithItsStatus()
    {
        using var client = factory.CreateClient();

        using var response = await client.GetAsync("/no-such-page");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("Not found, or you have no access</h1>", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Get_BlazorScript_IsServed()
    {
        using var client = factory.CreateClient();

        Assert.Contains("use strict", await client.GetStringAsync("/_framework/blazor.web.js"));
    }

    [Fact]
    public void Settings_FileAtTheTopLevel_IsReadAndArgumentsWin()
    {
        Assert.Equal("http://localhost:5080", Setting(factory));

        using var other = factory.WithWebHostBuilder(host => host.UseSetting("Urls", "http://localhost:5081"));
        Assert.Equal("http://localhost:5081", Setting(other));

        static string? Setting(WebApplicationFactory<Program> host) => host.Services.GetRequiredService<IConfiguration>()["Urls"];
    }
}
