using Microsoft.Playwright;
using ProjectConsole.E2E.Infrastructure;

namespace ProjectConsole.E2E.Pages;

/// <summary>Signing in and out.</summary>
public static class SignInPage
{
    /// <summary>Signs in with the sample's password and waits for the first page.</summary>
    public static async Task SignInAsync(this IPage page, string email, string password = SampleAccounts.Password)
    {
        await page.GotoAsync("/account/sign-in");
        await page.GetByLabel("Email address").FillAsync(email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Assertions.Expect(page).Not.ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/account/sign-in"));
        await page.ShouldBeInteractiveAsync();
    }

    /// <summary>Signs out through the account menu.</summary>
    public static async Task SignOutAsync(this IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Account menu") }).ClickAsync();
        await page.GetByText("Sign out", new() { Exact = true }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/account/sign-in"));
    }
}
