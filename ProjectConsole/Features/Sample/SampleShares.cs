using ProjectConsole.Data;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Resources;

namespace ProjectConsole.Features.Sample;

/// <summary>What the sample projects let each other see and use: accepted, waiting for an answer, and open to the organization.</summary>
internal sealed class SampleShares(ConsoleDbContext db, IReadOnlyDictionary<string, Project> projects, User by)
{
    /// <summary>Adds them.</summary>
    public void Add(DateTime nowUtc)
    {
        Share("vision", "image", "serve-triton", "speech", ShareLevel.Use, nowUtc.AddDays(-12)).Enter(ShareState.Accepted, by.Email!, nowUtc.AddDays(-11));
        Share("speech", "model", "recognizer-en", "staging", ShareLevel.View, nowUtc.AddDays(-8)).Enter(ShareState.Accepted, by.Email!, nowUtc.AddDays(-8));
        Share("speech", "artifact", "voice-checkpoints", "vision", ShareLevel.View, nowUtc.AddHours(-20));
        Find("vision", "template", "gpu-workstation").ShowToOrganization(true);
    }

    private ResourceShare Share(string from, string kind, string name, string to, ShareLevel level, DateTime atUtc)
    {
        var share = new ResourceShare(Find(from, kind, name), projects[to].Id, null, level, by.Id, by.Email!, atUtc);
        db.Add(share);
        return share;
    }

    private Resource Find(string project, string kind, string name) =>
        db.Resources.Local.Single(resource => resource.OwnerId == projects[project].Id && resource.Kind == kind && resource.Name == name);
}
