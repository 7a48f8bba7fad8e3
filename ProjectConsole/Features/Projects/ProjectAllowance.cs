using System.Text.Json.Serialization;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Projects;

/// <summary>How many projects an organization and a person have, of how many.</summary>
/// <param name="Used">Projects of the organization, deleted ones not counted.</param>
/// <param name="Allowance">The most; null for no allowance.</param>
/// <param name="UsedByPerson">Projects that the person created, deleted ones and the Default Project not counted.</param>
/// <param name="PerPerson">The most for one person; null for no limit.</param>
public sealed record ProjectAllowance(int Used, int? Allowance, int UsedByPerson, int? PerPerson)
{
    /// <summary>Why not one more, or null. Binding only under the organization's exclusive lock.</summary>
    [JsonIgnore]
    public Error? Refusal =>
        Used >= Allowance ? new AllowanceReached(Used, Allowance.Value)
        : UsedByPerson >= PerPerson ? new ProjectsPerPersonReached(UsedByPerson, PerPerson.Value)
        : null;
}
