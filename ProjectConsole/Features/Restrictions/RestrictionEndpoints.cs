using ProjectConsole.Api;
using ProjectConsole.Domain.Access;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Restrictions;

/// <summary>Restrictions of organizations and projects through the API.</summary>
public static class RestrictionEndpoints
{
    private const string Tag = "Restrictions";

    /// <summary>Maps the endpoints.</summary>
    public static void MapRestrictionEndpoints(this IEndpointRouteBuilder api)
    {
        Map(api, ApiPaths.OfOrganization, "Shared", Permissions.OrganizationRolesView, Permissions.OrganizationRolesManage);
        Map(api, ApiPaths.OfProject, "Project", Permissions.RolesView, Permissions.RolesManage);
    }

    private static void Map(IEndpointRouteBuilder api, string root, string owner, Permission view, Permission manage)
    {
        string all = root + "/restrictions", one = all + "/{restriction:guid}";
        api.MapGet(all, ListAsync).Named($"list{owner}Restrictions", Tag, "List the restrictions that can hang on grants").Needs(view).Answers<Listed<RestrictionBody>>();
        api.MapPost(all, CreateAsync).Named($"create{owner}Restriction", Tag, "Make a restriction").Needs(manage).Answers<CreatedBody>(201);
        api.MapGet(one, GetAsync).Named($"get{owner}Restriction", Tag, "Read a restriction").Needs(view).Answers<RestrictionBody>();
        api.MapPatch(one, ChangeAsync).Named($"change{owner}Restriction", Tag, "Change a restriction").Needs(manage).Answers<AccessChangeBody>();
        api.MapDelete(one, DeleteAsync).Named($"delete{owner}Restriction", Tag, "Delete a restriction").Needs(manage).Answers<AccessChangeBody>();
    }

    private static async Task<IResult> ListAsync(ApiCall call, AddressedOwner owner, ListCall list, RestrictionDirectory restrictions) =>
        list.AnswerAll(await restrictions.ListAsync(call.Actor, owner.Value, call.Aborted), RestrictionBody.Of);

    private static async Task<IResult> CreateAsync(ApiCall call, AddressedOwner owner, Body<NewRestrictionBody> body, RestrictionsService restrictions)
    {
        var typed = body.Value;
        if (RestrictionRuleBody.Refuse(typed.Rules) is { } wrong)
        {
            return ApiCall.Refuse(wrong);
        }

        var made = await restrictions.CreateAsync(
            call.Actor, owner.Value, new RestrictionDraft(typed.Name ?? "", typed.Description ?? "", RestrictionRuleBody.Rules(typed.Rules)), call.Aborted);
        return call.Made(made, id => $"{owner.Address}/restrictions/{id}", id => new CreatedBody(id.ToString()));
    }

    private static async Task<IResult> GetAsync(ApiCall call, AddressedOwner owner, Guid restriction, RestrictionDirectory restrictions)
    {
        var found = await restrictions.GetAsync(call.Actor, owner.Value, restriction, call.Aborted);
        return call.Answer(found, value => value.Row.Version, details => RestrictionBody.Of(details.Row));
    }

    private static async Task<IResult> ChangeAsync(
        ApiCall call, AddressedOwner owner, Guid restriction, IfMatch match, Body<RestrictionChangeBody> body, RestrictionDirectory directory, RestrictionsService restrictions)
    {
        var found = await directory.GetAsync(call.Actor, owner.Value, restriction, call.Aborted);
        if ((found.Error ?? RestrictionRuleBody.Refuse(body.Value.Rules)) is { } refusal)
        {
            return ApiCall.Refuse(refusal);
        }

        var (row, typed) = (found.Value.Row, body.Value);
        var draft = new RestrictionDraft(
            typed.Name ?? row.Name, typed.Description ?? row.Description, typed.Rules is null ? row.Rules.Rules : RestrictionRuleBody.Rules(typed.Rules));
        // What is not sent is what was just read, so nobody else may change it meanwhile.
        return call.Changed(await restrictions.ChangeAsync(call.Actor, owner.Value, restriction, draft, match.Version ?? row.Version, typed.Heir, call.Aborted));
    }

    private static async Task<IResult> DeleteAsync(ApiCall call, AddressedOwner owner, Guid restriction, IfMatch match, bool? takeOff, RestrictionsService restrictions) =>
        call.Changed(await restrictions.DeleteAsync(call.Actor, owner.Value, restriction, match.Version, takeOff ?? false, call.Aborted));
}

/// <summary>A restriction.</summary>
/// <param name="Id">By which it hangs on grants.</param>
/// <param name="Name">For people.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Shared">Whether the organization keeps it for all its projects.</param>
/// <param name="Rules">Its rules in their order; the first that matches wins, and no match passes.</param>
/// <param name="Grants">On how many grants it hangs here.</param>
public sealed record RestrictionBody(Guid Id, string Name, string Description, bool Shared, IReadOnlyList<RestrictionRuleBody> Rules, int Grants)
{
    internal static RestrictionBody Of(RestrictionRow row) => new(
        row.Id, row.Name, row.Description, row.IsOfOrganization, [.. row.Rules.Rules.Select(rule => new RestrictionRuleBody(rule.Allows ? RuleEffect.Allow : RuleEffect.Deny, rule.Pattern))], row.Grants);
}

/// <summary>What a rule does.</summary>
public enum RuleEffect
{
    /// <summary>Passes.</summary>
    Allow,

    /// <summary>Takes.</summary>
    Deny,
}

/// <summary>One rule.</summary>
/// <param name="Effect">What it does.</param>
/// <param name="Pattern">subject.verb with * for any.</param>
public sealed record RestrictionRuleBody(RuleEffect? Effect, string? Pattern)
{
    // A rule that does not say what it does is none: taken for the one or the other it would open or close doors.
    internal static Invalid? Refuse(IReadOnlyList<RestrictionRuleBody?>? sent) =>
        (sent ?? []).Index().Where(rule => rule.Item?.Effect is null).Select(rule => new FieldError($"rules[{rule.Index}].effect", "Say allow or deny.")).ToList() is { Count: > 0 } wrong
            ? new Invalid(wrong) : null;

    internal static IReadOnlyList<RestrictionRule> Rules(IReadOnlyList<RestrictionRuleBody?>? sent) =>
        [.. (sent ?? []).Select(rule => new RestrictionRule(rule?.Effect == RuleEffect.Allow, rule?.Pattern ?? ""))];
}

/// <summary>A restriction to make.</summary>
/// <param name="Name">For people.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Rules">Its rules in their order.</param>
public sealed record NewRestrictionBody(string? Name, string? Description, IReadOnlyList<RestrictionRuleBody?>? Rules);

/// <summary>A change of a restriction; what is not sent stays.</summary>
/// <param name="Name">For people.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Rules">Its rules in their order, all of them.</param>
/// <param name="Heir">Address of the member who becomes Admin of the projects that would have none.</param>
public sealed record RestrictionChangeBody(string? Name, string? Description, IReadOnlyList<RestrictionRuleBody?>? Rules, string? Heir);
