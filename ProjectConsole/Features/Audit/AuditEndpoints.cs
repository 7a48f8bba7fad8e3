using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProjectConsole.Api;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Audit;

/// <summary>The audit log through the API: newest first, paged by the number of the entry, so that new entries move nothing.</summary>
public static class AuditEndpoints
{
    private const string Tag = "Audit";

    /// <summary>Maps the endpoints.</summary>
    public static void MapAuditEndpoints(this IEndpointRouteBuilder api)
    {
        const string ofProject = ApiPaths.OfProject + "/audit", ofOrganization = ApiPaths.OfOrganization + "/audit";
        api.MapGet(ofProject, ListOfProjectAsync).Named("listProjectAudit", Tag, "List what happened in a project").Needs(Permissions.AuditView).Answers<Listed<AuditEntryBody>>();
        api.MapGet(ofProject + "/{entry}", OpenInProjectAsync).Named("getProjectAuditEntry", Tag, "Read what changed by an act in a project").Needs(Permissions.AuditView)
            .Answers<AuditDetailBody>();
        api.MapGet(ofOrganization, ListOfOrganizationAsync).Named("listOrganizationAudit", Tag, "List what happened in an organization and its projects").Needs(Permissions.OrganizationAuditView)
            .Answers<Listed<AuditEntryBody>>();
        api.MapGet(ofOrganization + "/{entry}", OpenInOrganizationAsync).Named("getOrganizationAuditEntry", Tag, "Read what changed by an act in an organization")
            .Needs(Permissions.OrganizationAuditView).Answers<AuditDetailBody>();
        api.MapGet(ofOrganization + ":verify", VerifyAsync).Named("verifyOrganizationAudit", Tag, "Recompute the sealed chain of the audit log and name its first broken entry")
            .Needs(Permissions.OrganizationAuditView).Answers<AuditVerdictBody>();
    }

    private static async Task<IResult> ListOfProjectAsync(
        ApiCall call, AddressedProject project, string? actor, string? action, string? @object, Guid? objectId, Choice<AuditResult>? result, string? from, string? to, ListCall list,
        AuditService audit)
    {
        var query = Read(new AuditQuery { Actor = actor, Action = action, ObjectName = @object, ObjectId = objectId, Result = result?.Value }, from, to, list);
        return query.Succeeded ? Answer(list, await audit.ListAsync(call.Actor, project.Scope, query.Value, call.Aborted)) : ApiCall.Refuse(query.Error);
    }

    private static async Task<IResult> ListOfOrganizationAsync(
        ApiCall call, AddressedOrganization organization, string? actor, string? action, string? @object, Guid? objectId, Choice<AuditResult>? result, string? from, string? to, ListCall list,
        AuditService audit)
    {
        var query = Read(new AuditQuery { Actor = actor, Action = action, ObjectName = @object, ObjectId = objectId, Result = result?.Value }, from, to, list);
        return query.Succeeded ? Answer(list, await audit.ListAsync(call.Actor, organization.Id, query.Value, call.Aborted)) : ApiCall.Refuse(query.Error);
    }

    private static async Task<IResult> VerifyAsync(ApiCall call, AddressedOrganization organization, AuditService audit) =>
        ApiCall.Answer(await audit.VerifyAsync(call.Actor, organization.Id, call.Aborted), AuditVerdictBody.Of);

    private static async Task<IResult> OpenInProjectAsync(ApiCall call, AddressedProject project, AuditService audit) =>
        ApiCall.Answer(await audit.OpenAsync(call.Actor, project.Scope, EntryOf(call), call.Aborted), AuditDetailBody.Of);

    private static async Task<IResult> OpenInOrganizationAsync(ApiCall call, AddressedOrganization organization, AuditService audit) =>
        ApiCall.Answer(await audit.OpenAsync(call.Actor, organization.Id, EntryOf(call), call.Aborted), AuditDetailBody.Of);

    private static Result<AuditQuery> Read(AuditQuery filters, string? from, string? to, ListCall list)
    {
        var wrong = new List<FieldError>();
        var (first, last) = (AuditQuery.ReadDay(from), AuditQuery.ReadDay(to));
        Note(from is not null && first is null, "from");
        Note(to is not null && last is null, "to");
        return wrong.Count > 0 ? new Invalid(wrong) : filters with { From = first, To = last, Older = list.Place, Size = list.Limit };

        void Note(bool isWrong, string field)
        {
            if (isWrong)
            {
                wrong.Add(new FieldError(field, $"{field} is a day, such as 2030-01-31."));
            }
        }
    }

    private static IResult Answer(ListCall list, Result<AuditList> found) =>
        found.Succeeded ? list.Answer(found.Value.Lines.Select(AuditEntryBody.Of), found.Value.Older) : ApiCall.Refuse(found.Error);

    private static long EntryOf(ApiCall call) => Number(call.Route("entry")) ?? 0;

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>An entry of the audit log.</summary>
/// <param name="Id">Its number; later ones are larger.</param>
/// <param name="WhenUtc">When.</param>
/// <param name="Actor">Who, by the address or name at that time.</param>
/// <param name="Action">What was done.</param>
/// <param name="ObjectName">To what, by its name at that time.</param>
/// <param name="Result">Done or denied.</param>
/// <param name="Count">How many equal attempts it stands for.</param>
/// <param name="Project">Name of the project, where it was in one.</param>
public sealed record AuditEntryBody(long Id, DateTime WhenUtc, string Actor, string Action, string ObjectName, AuditResult Result, int Count, string? Project)
{
    internal static AuditEntryBody Of(AuditLine line) => new(line.Id, line.WhenUtc, line.ActorName, line.Action, line.ObjectName, line.Result, line.Count, line.ProjectName);
}

/// <summary>What an act changed.</summary>
/// <param name="Action">What was done.</param>
/// <param name="ObjectKind">To what kind of thing.</param>
/// <param name="WhenUtc">When.</param>
/// <param name="Reason">Why it was denied; empty where it was done.</param>
/// <param name="Before">What it was before; a text where it was too long to keep whole.</param>
/// <param name="After">What it was after; a text where it was too long to keep whole.</param>
/// <param name="Address">The network address from which it was done.</param>
/// <param name="RequestId">By which the log knows the call.</param>
public sealed record AuditDetailBody(
    string Action, string ObjectKind, DateTime WhenUtc, string Reason, JsonNode? Before, JsonNode? After, string Address, string RequestId)
{
    internal static AuditDetailBody Of(AuditDetail detail) =>
        new(detail.Action, detail.ObjectKind, detail.WhenUtc, detail.Reason, Parsed(detail.Before), Parsed(detail.After), detail.Address, detail.RequestId);

    private static JsonNode? Parsed(string? state)
    {
        try
        {
            return state is null ? null : JsonNode.Parse(state);
        }
        catch (JsonException)
        {
            // It was cut, and is no JSON any more.
            return JsonValue.Create(state);
        }
    }
}

/// <summary>What was found in the sealed chain of an organization.</summary>
/// <param name="Entries">How many entries from the first on are as they were sealed.</param>
/// <param name="UpToUtc">When the latest of them happened; null without one.</param>
/// <param name="Hash">The hash of the last of them; kept elsewhere, it shows a chain that was rewritten as a whole.</param>
/// <param name="BrokenAt">Number of the first broken entry in the chain; null where it is unbroken.</param>
/// <param name="Fault">What is wrong there.</param>
/// <param name="Detail">The same in a sentence.</param>
public sealed record AuditVerdictBody(long Entries, DateTime? UpToUtc, string Hash, long? BrokenAt, ChainFault? Fault, string? Detail)
{
    internal static AuditVerdictBody Of(ChainVerdict verdict) =>
        new(verdict.Entries, verdict.UpToUtc, verdict.Hash, verdict.Break?.Number, verdict.Break?.Fault, verdict.Break?.Sentence);
}
