using ProjectConsole.Api;
using ProjectConsole.Domain.Access;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Collaborators;

/// <summary>Collaborators of a project through the API.</summary>
public static class CollaboratorEndpoints
{
    private const string Tag = "Collaborators";

    /// <summary>Maps the endpoints.</summary>
    public static void MapCollaboratorEndpoints(this IEndpointRouteBuilder api)
    {
        const string all = ApiPaths.OfProject + "/collaborators", one = all + "/{address}", temporary = one + "/temporary-role";
        api.MapGet(all, ListAsync).Named("listCollaborators", Tag, "List who has access to a project").Needs(Permissions.CollaboratorsView).Answers<Listed<CollaboratorBody>>();
        api.MapPost(all, AddAsync).Named("addCollaborator", Tag, "Add a person or team").Needs(Permissions.CollaboratorsAdd).Answers<AccessChangeBody>(201);
        api.MapGet(one, GetAsync).Named("getCollaborator", Tag, "Read how a person or team has access").Needs(Permissions.CollaboratorsView).Answers<CollaboratorBody>();
        api.MapPatch(one, ChangeAsync).Named("changeCollaborator", Tag, "Change role, end or restriction").Needs(Permissions.CollaboratorsChange).Answers<AccessChangeBody>();
        api.MapDelete(one, RemoveAsync).Named("removeCollaborator", Tag, "Remove a person or team").Needs(Permissions.CollaboratorsRemove).Answers<AccessChangeBody>();
        api.MapPut(temporary, RaiseAsync).Named("raiseCollaborator", Tag, "Give a role that ends by itself beside the standing one").Needs(Permissions.CollaboratorsChange).Answers<AccessChangeBody>();
        api.MapDelete(temporary, EndRaiseAsync).Named("endTemporaryRole", Tag, "End a temporary role before its time").Needs(Permissions.CollaboratorsChange).Answers<AccessChangeBody>();
    }

    private static async Task<IResult> ListAsync(
        ApiCall call, AddressedProject project, ListCall list, string? search, string? role, Choice<CollaboratorSource>? source, bool? external, bool? expiring, bool? restricted,
        bool? blocked, Choice<CollaboratorSort>? sort, bool? reversed, CollaboratorListService collaborators)
    {
        var found = await collaborators.ListAsync(
            call.Actor, project.Scope,
            new CollaboratorQuery
            {
                Search = search ?? "",
                Role = role ?? "",
                Source = source?.Value,
                IsExternal = external ?? false,
                IsExpiring = expiring ?? false,
                IsRestricted = restricted ?? false,
                IsBlocked = blocked ?? false,
                Sort = sort?.Value ?? CollaboratorSort.Role,
                IsReversed = reversed ?? false,
                Page = list.Page,
            },
            call.Aborted);
        return list.Answer(found.Map(all => all.Page), CollaboratorBody.Of);
    }

    private static async Task<IResult> AddAsync(ApiCall call, AddressedProject project, Body<NewCollaboratorBody> body, CollaboratorsService collaborators)
    {
        var typed = body.Value;
        var person = new NewCollaborator(typed.Address ?? "", typed.Role ?? ProjectRole.Developer.Key, typed.External) { ExpiresUtc = typed.ExpiresUtc, RestrictionId = typed.Restriction };
        var added = await collaborators.AddAsync(call.Actor, project.Scope, person, call.Aborted);
        return call.Made(added, _ => $"{project.Address}/collaborators/{Uri.EscapeDataString(TextRules.Clean(typed.Address))}", change => AccessChangeBody.Of(change, call.Actor.DryRun));
    }

    private static async Task<IResult> GetAsync(ApiCall call, AddressedProject project, CollaboratorListService collaborators)
    {
        var found = await FindAsync(call, project, collaborators);
        return call.Answer(found, value => value.Grant?.Version ?? default, CollaboratorBody.Of);
    }

    private static async Task<IResult> ChangeAsync(
        ApiCall call, AddressedProject project, IfMatch match, Body<CollaboratorChangeBody> body, CollaboratorListService list, CollaboratorsService collaborators)
    {
        if (body.Value.Sent == 0)
        {
            return Problem.BadRequest("The body changes nothing: send role, expiresUtc or restriction.").ToResult();
        }

        var found = await FindAsync(call, project, list);
        return !found.Succeeded ? ApiCall.Refuse(found.Error)
            : call.Changed(await WriteAsync(call, project.Scope, found.Value, body.Value, match.Version, collaborators));
    }

    private static Task<Result<AccessChange>> WriteAsync(
        ApiCall call, ProjectScope project, CollaboratorRow found, CollaboratorChangeBody typed, Guid? seen, CollaboratorsService collaborators)
    {
        var (id, current) = (found.PrincipalId, found.Grant);
        return typed switch
        {
            { Sent: 1, Role: { } role } => collaborators.ChangeRoleAsync(call.Actor, project, new RoleChange(id, role, seen, typed.Heir), call.Aborted),
            { Sent: 1, ExpiresUtc.IsSent: true } => collaborators.ChangeExpiryAsync(call.Actor, project, new ExpiryChange(id, typed.ExpiresUtc.Value, seen, typed.Heir), call.Aborted),
            { Sent: 1 } => collaborators.RestrictAsync(call.Actor, project, new RestrictionChange(id, typed.Restriction.Value, seen, typed.Heir), call.Aborted),
            // What is not sent is what was just read, so nobody else may change it meanwhile.
            _ => collaborators.ChangeTermsAsync(
                call.Actor, project,
                new TermsChange(id, typed.Role ?? current?.RoleKey ?? "", typed.ExpiresUtc.Or(current?.ExpiresUtc), typed.Restriction.Or(current?.RestrictionId), seen ?? current?.Version, typed.Heir),
                call.Aborted),
        };
    }

    private static async Task<IResult> RemoveAsync(
        ApiCall call, AddressedProject project, IfMatch match, string? heir, CollaboratorListService list, CollaboratorsService collaborators)
    {
        var found = await FindIdAsync(call, project, list);
        return !found.Succeeded ? ApiCall.Refuse(found.Error)
            : call.Changed(await collaborators.RemoveAsync(call.Actor, project.Scope, new Removal(found.Value, match.Version, heir), call.Aborted));
    }

    private static async Task<IResult> RaiseAsync(
        ApiCall call, AddressedProject project, Body<TemporaryRoleBody> body, CollaboratorListService list, UpgradeService upgrades)
    {
        var found = await FindIdAsync(call, project, list);
        return !found.Succeeded ? ApiCall.Refuse(found.Error)
            : call.Changed(await upgrades.RaiseAsync(
                call.Actor, project.Scope, new Upgrade(found.Value, body.Value.Role ?? "", body.Value.EndsUtc, body.Value.Restriction), call.Aborted));
    }

    private static async Task<IResult> EndRaiseAsync(ApiCall call, AddressedProject project, CollaboratorListService list, UpgradeService upgrades)
    {
        var found = await FindIdAsync(call, project, list);
        return !found.Succeeded ? ApiCall.Refuse(found.Error)
            : call.Changed(await upgrades.EndAsync(call.Actor, project.Scope, new UpgradeEnd(found.Value), call.Aborted));
    }

    private static Task<Result<CollaboratorRow>> FindAsync(ApiCall call, AddressedProject project, CollaboratorListService list) =>
        list.FindAsync(call.Actor, project.Scope, call.Route("address"), call.Aborted);

    private static Task<Result<Guid>> FindIdAsync(ApiCall call, AddressedProject project, CollaboratorListService list) =>
        list.FindIdAsync(call.Actor, project.Scope, call.Route("address"), call.Aborted);
}
