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

    public PageDialogsTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton<NavigationManager>(_address);
        Services.AddControls();
        _dialogs = Services.GetRequiredService<DialogService>();
    }

    [Fact]
    public void OnMoved_SearchOfTheSamePage_KeepsTheDialogsOpen()
    {
        var (dialog, side) = (_dialogs.OpenAsync<EmptyState>("Add"), _dialogs.OpenSideAsync<EmptyState>("Why"));

        _address.Move("/projects/vision/collaborators?search=viewer", isLink: false);

        Assert.False(dialog.IsCompleted);
        Assert.False(side.IsCompleted);
    }

    [Fact]
    public void OnMoved_LinkWithinThePage_ClosesTheDialogs()
    {
        var (dialog, side) = (_dialogs.OpenAsync<EmptyState>("Add"), _dialogs.OpenSideAsync<EmptyState>("Why"));

        _address.Move("/projects/vision/collaborators?search=viewer", isLink: true);

        Assert.True(dialog.IsCompletedSuccessfully);
        Assert.True(side.IsCompletedSuccessfully);
    }

    [Fact]
    public void OnMoved_AnotherPage_ClosesEveryDialogThatIsOpen()
    {
        var (below, above, side) = (_dialogs.OpenAsync<EmptyState>("Add"), _dialogs.OpenAsync<EmptyState>("Sure?"), _dialogs.OpenSideAsync<EmptyState>("Why"));

        _address.Move("/projects/vision/collaborators?search=viewer", isLink: false);
        _address.Move("/projects/vision/roles", isLink: false);

        Assert.True(below.IsCompletedSuccessfully);
        Assert.True(above.IsCompletedSuccessfully);
        Assert.True(side.IsCompletedSuccessfully);
    }

    [Fact]
    public void OnMoved_AfterTheCircuit_IsNotListenedTo()
    {
        var dialog = _dialogs.OpenAsync<EmptyState>("Add");

        ((IDisposable)_dialogs).Dispose();
        _address.Move("/projects/vision/roles", isLink: false);

        Assert.False(dialog.IsCompleted);
    }

    private sealed class Address : NavigationManager
    {
        public Address() => Initialize("http://localhost/", "http://localhost/projects/vision/collaborators");

        public void Move(string to, bool isLink)
        {
            Uri = ToAbsoluteUri(to).AbsoluteUri;
            NotifyLocationChanged(isLink);
        }

        protected override void NavigateToCore(string uri, NavigationOptions options) => Move(uri, isLink: false);
    }
}
