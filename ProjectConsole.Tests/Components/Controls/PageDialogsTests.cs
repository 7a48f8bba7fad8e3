using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Components.Controls;
using Radzen;

namespace ProjectConsole.Tests.Components.Controls;

public sealed class PageDialogsTests : BunitContext
{
    private readonly Address _address = new();
    private readonly DialogService _dialogs;
    private readonly SearchNavigation _searches;

    public PageDialogsTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton<NavigationManager>(_address);
        Services.AddControls();
        _dialogs = Services.GetRequiredService<DialogService>();
        _searches = Services.GetRequiredService<SearchNavigation>();
    }

    [Fact]
    public void OnMoved_Search_KeepsTheDialogsOpen()
    {
        var (dialog, side) = (_dialogs.OpenAsync<EmptyState>("Add"), _dialogs.OpenSideAsync<EmptyState>("Why"));

        _searches.Go("/projects/vision/collaborators?search=v");
        _searches.Go("/projects/vision/collaborators?search=viewer");

        Assert.False(dialog.IsCompleted);
        Assert.False(side.IsCompleted);
        Assert.Equal(["added", "replaced"], _address.Entries);
    }

    [Fact]
    public void OnMoved_BackToASearch_ClosesTheDialogs()
    {
        _searches.Go("/projects/vision/collaborators?search=viewer");
        var search = _address.HistoryEntryState;
        _address.NavigateTo("/projects/vision/collaborators?search=viewer&page=2");
        var dialog = _dialogs.OpenAsync<EmptyState>("Add");

        _address.GoBack("/projects/vision/collaborators?search=viewer", search);

        Assert.True(dialog.IsCompletedSuccessfully);
    }

    // The browser keeps the entry, with what the circuit before this one wrote into it.
    [Fact]
    public void OnMoved_BackToASearchOfAnEarlierCircuit_ClosesTheDialogs()
    {
        var earlier = new Address();
        new SearchNavigation(earlier).Go("/projects/vision/collaborators?search=viewer");
        var dialog = _dialogs.OpenAsync<EmptyState>("Delete gpu-1?");

        _address.GoBack("/projects/vision/collaborators?search=viewer", earlier.HistoryEntryState);

        Assert.True(dialog.IsCompletedSuccessfully);
    }

    [Fact]
    public void Go_AfterAnotherPage_IsAnEntryOfItsOwn()
    {
        _searches.Go("/projects/vision/collaborators?search=v");
        _address.NavigateTo("/projects/vision/collaborators?search=v&sort=role");
        _searches.Go("/projects/vision/collaborators?search=viewer&sort=role");

        Assert.Equal(["added", "added", "added"], _address.Entries);
    }

    [Theory]
    [InlineData("/projects/vision/collaborators?sort=role")]
    [InlineData("/projects/vision/roles")]
    public void OnMoved_Elsewhere_ClosesEveryDialogThatIsOpen(string to)
    {
        var (below, above, side) = (_dialogs.OpenAsync<EmptyState>("Add"), _dialogs.OpenAsync<EmptyState>("Sure?"), _dialogs.OpenSideAsync<EmptyState>("Why"));

        _searches.Go("/projects/vision/collaborators?search=viewer");
        _address.NavigateTo(to);

        Assert.True(below.IsCompletedSuccessfully);
        Assert.True(above.IsCompletedSuccessfully);
        Assert.True(side.IsCompletedSuccessfully);
    }

    [Fact]
    public void OnMoved_AfterTheCircuit_IsNotListenedTo()
    {
        var dialog = _dialogs.OpenAsync<EmptyState>("Add");

        ((IDisposable)_dialogs).Dispose();
        _address.NavigateTo("/projects/vision/roles");

        Assert.False(dialog.IsCompleted);
    }

    private sealed class Address : NavigationManager
    {
        public Address() => Initialize("http://localhost/", "http://localhost/projects/vision/collaborators");

        public List<string> Entries { get; } = [];

        public void GoBack(string to, string? state) => Move(to, state);

        protected override void NavigateToCore(string uri, NavigationOptions options)
        {
            Entries.Add(options.ReplaceHistoryEntry ? "replaced" : "added");
            Move(uri, options.HistoryEntryState);
        }

        private void Move(string to, string? state)
        {
            (Uri, HistoryEntryState) = (ToAbsoluteUri(to).AbsoluteUri, state);
            NotifyLocationChanged(isInterceptedLink: false);
        }
    }
}
