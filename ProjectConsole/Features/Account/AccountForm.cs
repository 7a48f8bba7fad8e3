using Microsoft.AspNetCore.Components;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Account;

/// <summary>What the static pages of accounts share: a request, whoever sent it, and what was wrong with the form.</summary>
public abstract class AccountForm : ComponentBase
{
    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required IConfiguration Configuration { get; init; }

    [Inject]
    public required IHostEnvironment Host { get; init; }

    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    /// <summary>Why the form was refused as a whole, where no field is at fault.</summary>
    protected string? Refusal { get; private set; }

    /// <summary>Whoever sent the request.</summary>
    protected Actor Actor => HttpContext.User.ActingFrom(RequestOrigin.Of(HttpContext));

    /// <summary>The console's own address, for links in mails; null where nobody trustworthy says it.</summary>
    protected PublicAddress? Site => PublicAddress.Of(Configuration, HttpContext.Request, Host.IsDevelopment());

    /// <summary>The browser's own description.</summary>
    protected string Device => HttpContext.Request.Headers.UserAgent.ToString();

    /// <summary>Ends when the browser goes away.</summary>
    protected CancellationToken Aborted => HttpContext.RequestAborted;

    private Invalid? Wrong { get; set; }

    /// <summary>The sentence beside a field, or null where that field is right.</summary>
    protected string? ErrorOf(string field) => Wrong?.For(field);

    /// <summary>Shows a refusal beside its fields, or above the form.</summary>
    protected void Show(Error? error) => (Wrong, Refusal) = (error as Invalid, error is null or Invalid ? null : error.Message);
}
