using ProjectConsole.Domain.Access;

namespace ProjectConsole.Features.Collaborators;

/// <summary>The rows that are picked for one act on several.</summary>
public sealed partial class CollaboratorsSection
{
    private readonly HashSet<Guid> _picked = [];

    private bool MayPick => Project.May(Permissions.CollaboratorsChange) || Project.May(Permissions.CollaboratorsRemove);

    private IEnumerable<Guid> Pickable => List?.Page.Rows.Where(row => row.Grant is not null).Select(row => row.PrincipalId) ?? [];

    private string PickedText => _picked.Count == 1 ? "1 selected" : $"{_picked.Count} selected";

    private void Pick((Guid PrincipalId, bool IsPicked) pick)
    {
        if (pick.IsPicked)
        {
            _picked.Add(pick.PrincipalId);
        }
        else
        {
            _picked.Remove(pick.PrincipalId);
        }
    }

    private void PickPage(bool isPicked)
    {
        foreach (var principalId in Pickable)
        {
            Pick((principalId, isPicked));
        }
    }

    private Task BulkAsync(BulkKind kind) => DoAsync(async () =>
    {
        var done = await Acts.BulkAsync(Project, kind, [.. _picked]);
        if (done is not null)
        {
            _picked.Clear();
        }

        return done;
    });

    private Task CopyAsync() => DoAsync(() => Acts.CopyAsync(Project));

    private string ExportHref(string format) => CollaboratorAddress.OfExport(Project, _query, format);
}
