using Microsoft.AspNetCore.Components;
using ProjectConsole.Domain.Keys;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Keys;

/// <summary>Shows which command line asks to act as the person, and lets them confirm. Static: it answers a request, and nothing on it moves.</summary>
public sealed partial class LoginPage
{
    private LoginRequest? _asked;
    private string? _code;
    private string? _refusal;

    [Inject]
    public required LoginService Service { get; init; }

    [SupplyParameterFromQuery]
    public string? Machine { get; set; }

    [SupplyParameterFromQuery]
    public string? Challenge { get; set; }

    [SupplyParameterFromQuery]
    public string? State { get; set; }

    [SupplyParameterFromQuery]
    public string? Port { get; set; }

    [SupplyParameterFromForm]
    private LoginInput Input { get; set; } = default!;

    private static int Minutes => (int)TokensService.Collectable.TotalMinutes;

    // As the browser came here, and as people are told to come: a proxy in between may say its own.
    private string[] Consoles =>
        [.. new[] { LoginChallenge.Console(HttpContext.Request.Host.Value ?? ""), Site is { } site ? LoginChallenge.Console(site.Root) : null }.OfType<string>().Distinct()];

    private string Target => _asked!.Port is { } port ? $"a program on the machine of this browser (127.0.0.1, port {port})" : "you: a code that you paste into the terminal";

    protected override void OnInitialized()
    {
        Input ??= new();
        _asked = LoginRequest.Read(Machine, Challenge, State, Port);
    }

    // A page leads on to it: browsers end a redirect of a form that goes to another place than the policy of forms allows.
    private string? Answer(string name, string value) => _asked!.Port is { } port ? ConsoleUrls.OnOwnMachine(port, (name, value), ("state", _asked.State)) : null;

    private async Task ConfirmAsync()
    {
        if (_asked is null)
        {
            return;
        }

        var confirmed = await Service.ConfirmAsync(Actor, _asked, Input.Days, Consoles, Aborted);
        Show(confirmed.Error);
        _refusal = Refusal ?? (confirmed.Error is Invalid wrong && wrong.For(LoginService.DaysField) is null ? wrong.Fields[0].Message : null);
        _code = confirmed.Succeeded ? confirmed.Value : null;
    }

    private sealed class LoginInput
    {
        public int Days { get; set; } = (int)KeyTerms.Proposed.TotalDays;
    }
}
