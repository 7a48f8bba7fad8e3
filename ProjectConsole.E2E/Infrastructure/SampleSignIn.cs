using Microsoft.Playwright;

namespace ProjectConsole.E2E.Infrastructure;

/// <summary>Signs people of the sample organization in.</summary>
public static class SampleSignIn
{
    /// <summary>The sample accounts' password while no other is set.</summary>
    public const string Password = "sample-password";

    /// <summary>Signs in with an address of the sample and opens a page.</summary>
    public static async Task SignInAsync(this IPage page, string email, string address)
    {
        await page.GotoAsync("/account/sign-in");
        await page.GetByLabel("Email address").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/account/sign-in", StringComparison.Ordinal));
        await page.OpenAsync(address);
    }
}
