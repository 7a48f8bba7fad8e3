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
    }

    private static async Task<IResult> ListOfProjectAsync(
        ApiCall call, AddressedProject project, string? actor, string? action, string? @object, Guid? objectId, Choice<AuditResult>? result, string? from, string? to, int? limit, string? cursor,
        AuditService audit)
    {
        var query = Read(new AuditQuery { Actor = actor, Action = action, ObjectName = @object, ObjectId = objectId, Result = result?.Value }, from, to, limit, cursor);
        return query.Succeeded ? Answer(await audit.ListAsync(call.Actor, project.Scope, query.Value, call.Aborted)) : ApiCall.Refuse(query.Error);
    }

    private static async Task<IResult> ListOfOrganizationAsync(
        ApiCall call, AddressedOrganization organization, string? actor, string? action, string? @object, Guid? objectId, Choice<AuditResult>? result, string? from, string? to, int? limit,
        string? cursor, AuditService audit)
    {
        var query = Read(new AuditQuery { Actor = actor, Action = action, ObjectName = @object, ObjectId = objectId, Result = result?.Value }, from, to, limit, cursor);
        return query.Succeeded ? Answer(await audit.ListAsync(call.Actor, organization.Id, query.Value, call.Aborted)) : ApiCall.Refuse(query.Error);
    }

    private static async Task<IResult> OpenInProjectAsync(ApiCall call, AddressedProject project, AuditService audit) =>
        ApiCall.Answer(await audit.OpenAsync(call.Actor, project.Scope, EntryOf(call), call.Aborted), AuditDetailBody.Of);

    private static async Task<IResult> OpenInOrganizationAsync(ApiCall call, AddressedOrganization organization, AuditService audit) =>
        ApiCall.Answer(await audit.OpenAsync(call.Actor, organization.Id, EntryOf(call), call.Aborted), AuditDetailBody.Of);

    private static Result<AuditQuery> Read(AuditQuery filters, string? from, string? to, int? limit, string? cursor)
    {
        var wrong = new List<FieldError>();
        var (first, last, before) = (AuditQuery.ReadDay(from), AuditQuery.ReadDay(to), Number(cursor));
        Note(from is not null && first is null, "from", "from is a day, such as 2030-01-31.");
        Note(to is not null && last is null, "to", "to is a day, such as 2030-01-31.");
        Note(limit is < 1 or > ListCall.LargestLimit, "limit", $"limit is a number from 1 to {ListCall.LargestLimit}.");
        Note(cursor is not null && before is null, "cursor", "This cursor is not of this list. Ask for the first part again, without one.");
        return wrong.Count > 0 ? new Invalid(wrong) : filters with { From = first, To = last, Older = before, Size = limit ?? ListCall.UsualLimit };

        void Note(bool isWrong, string field, string sentence)
        {
            if (isWrong)
            {
                wrong.Add(new FieldError(field, sentence));
            }
        }
    }

    private static IResult Answer(Result<AuditList> found) => ApiCall.Answer(
        found, list => new Listed<AuditEntryBody>([.. list.Lines.Select(AuditEntryBody.Of)], list.Older?.ToString(CultureInfo.InvariantCulture)));

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
