namespace ProjectConsole.CommandLine;

/// <summary>The places that can say which organization and project are meant, the first one winning.</summary>
/// <param name="Option"><c>--organization</c> and <c>--project</c>.</param>
/// <param name="Variable">The environment.</param>
/// <param name="File">The nearest <c>.projectconsole</c>.</param>
/// <param name="Stored">The active project.</param>
internal sealed record ScopeSources(ScopeSource Option, ScopeSource Variable, ScopeSource File, ScopeSource Stored)
{
    /// <summary>Which variable names the organization.</summary>
    public const string OrganizationVariable = "PROJECTCONSOLE_ORGANIZATION";

    /// <summary>Which variable names the project.</summary>
    public const string ProjectVariable = "PROJECTCONSOLE_PROJECT";

    private IEnumerable<ScopeSource> InOrder => [Option, Variable, File, Stored];

    /// <summary>The organization that is meant, and who says so; null where nothing does.</summary>
    public (string Organization, string Where)? FindOrganization() =>
        InOrder.FirstOrDefault(source => source.Organization is not null) is { } found ? (found.Organization!, found.Where) : null;

    /// <summary>
    /// The project that is meant, and who says so; null where nothing does. A place that names an organization too speaks of that
    /// one's project: with another organization the equal Project ID there is not meant.
    /// </summary>
    public (string Project, string Where)? FindProject()
    {
        var organization = FindOrganization()?.Organization;
        var found = InOrder.FirstOrDefault(source => source.Project is not null && (source.Organization ?? organization) == organization);
        return found is null ? null : (found.Project!, found.Where);
    }

    /// <summary>The organization.</summary>
    public string Organization() => FindOrganization()?.Organization ?? throw CommandRefusedException.Usage(
        "No organization is given.",
        $"Give --organization ID, set {OrganizationVariable}, run projectconsole init in this folder, or choose a project with projectconsole project set ID --organization ID.");

    /// <summary>The project.</summary>
    public string Project() => FindProject()?.Project ?? throw CommandRefusedException.Usage(
        "No project is given.",
        $"Give --project ID, set {ProjectVariable}, run projectconsole init --project ID in this folder, or choose one with projectconsole project set ID. projectconsole project list shows which there are.");
}

/// <summary>One place.</summary>
/// <param name="Where">For people.</param>
/// <param name="Organization">The organization; null where it names none.</param>
/// <param name="Project">The Project ID; null where it names none.</param>
internal sealed record ScopeSource(string Where, string? Organization, string? Project);
