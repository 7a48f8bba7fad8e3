using System.Text.Json;
using Microsoft.JSInterop;

namespace ProjectConsole.Features.Projects;

/// <summary>Keeps what was typed into Add a New Project in the browser's tab, one draft for each organization.</summary>
public sealed class NewProjectDrafts(IJSRuntime browser) : IAsyncDisposable
{
    private const string Script = "./Features/Projects/NewProjectSection.razor.js";

    private IJSObjectReference? _module;

    /// <summary>The draft of an organization, or null where there is none that can be read.</summary>
    public async Task<NewProjectForm?> ReadAsync(string organization)
    {
        var text = await (await ModuleAsync()).InvokeAsync<string?>("read", NameOf(organization));
        try
        {
            return string.IsNullOrEmpty(text) ? null : JsonSerializer.Deserialize<NewProjectForm>(text)?.Clamped();
        }
        catch (JsonException)
        {
            // Another version of the program wrote it, or the person did: it begins anew.
            return null;
        }
    }

    /// <summary>Keeps the draft.</summary>
    public async Task WriteAsync(string organization, NewProjectForm form) =>
        await (await ModuleAsync()).InvokeVoidAsync("write", NameOf(organization), JsonSerializer.Serialize(form));

    /// <summary>Forgets the draft.</summary>
    public async Task RemoveAsync(string organization) => await (await ModuleAsync()).InvokeVoidAsync("remove", NameOf(organization));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_module is not null)
        {
            try
            {
                await _module.DisposeAsync();
            }
            catch (JSDisconnectedException)
            {
                // The tab is gone, and the module with it.
            }
        }
    }

    private async ValueTask<IJSObjectReference> ModuleAsync() => _module ??= await browser.InvokeAsync<IJSObjectReference>("import", Script);

    private static string NameOf(string organization) => $"new-project/{organization}";
}
