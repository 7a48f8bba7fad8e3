using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Security;

namespace ProjectConsole.Features.Audit;

/// <summary>The head of an audit log; on an organization's page with the button that verifies its sealed chain.</summary>
public sealed partial class AuditHead : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private ChainVerdict? _verdict;
    private string? _refusal;
    private Guid? _verified;
    private bool _busy;

    /// <summary>Set on a page of an organization; a project's entries stand in the chain of its organization.</summary>
    [Parameter]
    public OrganizationAccess? Organization { get; set; }

    [Inject]
    public required AuditService Audit { get; init; }

    [Inject]
    public required PageReads Reads { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override void OnParametersSet()
    {
        if (_verified is not null && _verified != Organization?.Id)
        {
            (_verdict, _refusal, _verified) = (null, null, null);
        }
    }

    private static string Entries(long entries) => entries == 1 ? "1 entry" : $"{Numbers.Whole(entries)} entries";

    private static string Before(ChainBreak broken) =>
        broken.Number > 1 ? $"{Entries(broken.Number - 1)} before it {(broken.Number == 2 ? "is" : "are")} as sealed." : "";

    private async Task VerifyAsync()
    {
        if (_busy || Organization is not { Id: var id })
        {
            return;
        }

        (_busy, _verdict, _refusal, _verified) = (true, null, null, id);
        var gone = _gone.Token;
        try
        {
            var actor = await CurrentActor.GetAsync();
            var result = await Reads.TryAsync(() => Audit.VerifyAsync(actor, id, gone));
            if (_verified == id)
            {
                (_verdict, _refusal) = (result.Succeeded ? result.Value : null, result.Error?.Message);
            }
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // The page was left: nobody waits for the answer.
        }
        finally
        {
            _busy = false;
        }
    }
}
