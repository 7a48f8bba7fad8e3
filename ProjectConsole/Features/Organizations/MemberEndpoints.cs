using ProjectConsole.Api;
using ProjectConsole.Domain.Access;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Organizations;

/// <summary>Members of an organization through the API.</summary>
public static class MemberEndpoints
{
    private const string Tag = "Members";

    /// <summary>Maps the endpoints.</summary>
    public static void MapMemberEndpoints(this IEndpointRouteBuilder api)
    {
        const string all = ApiPaths.OfOrganization + "/members", one = all + "/{address}";
        api.MapGet(all, ListAsync).Named("listMembers", Tag, "List members, or people outside who hold grants").Needs(Permissions.MembersView).Answers<Listed<MemberBody>>();
        api.MapPost(all, AddAsync).Named("addMembers", Tag, "Add people who have an account").Needs(Permissions.MembersManage).RepeatsByItself().Answers<AddedBody>();
        api.MapGet(one, GetAsync).Named("getMember", Tag, "Read a member").Needs(Permissions.MembersView).Answers<MemberBody>();
        api.MapPatch(one, ChangeAsync).Named("changeMember", Tag, "Change a member's role, or whether it creates projects").Needs(Permissions.MembersManage).Answers<AccessChangeBody>();
        api.MapDelete(one, RemoveAsync).Named("removeMember", Tag, "End everything that a person has in the organization").Needs(Permissions.MembersManage).Answers<AccessChangeBody>();
    }

    private static async Task<IResult> ListAsync(
        ApiCall call, AddressedOrganization organization, ListCall list, string? search, string? role, Choice<MemberSort>? sort, bool? descending, MemberDirectory members)
    {
        if (role is not (null or MemberQuery.External))
        {
            var roles = await members.RolesAsync(call.Actor, organization.Id, call.Aborted);
            if (!roles.Succeeded || roles.Value.All(each => each.Key != role))
            {
                return ApiCall.Refuse(roles.Error ?? new Invalid("role", "There is no such role."));
            }
        }

        var found = await members.ListAsync(
            call.Actor, organization.Id, new MemberQuery(search, role, sort?.Value ?? MemberSort.Address, descending ?? false, list.Page), call.Aborted);
        return list.Answer(found.Map(all => all.Page), MemberBody.Of);
    }

    private static async Task<IResult> AddAsync(ApiCall call, AddressedOrganization organization, Body<NewMembersBody> body, MemberAddition members)
    {
        var typed = body.Value;
        var added = await members.AddAsync(
            call.Actor, organization.Id,
            new NewMembers(string.Join('\n', typed.Addresses ?? []), typed.Role ?? OrganizationRole.Member.Key, typed.MayCreateProjects), call.Aborted);
        return ApiCall.Answer(added, all => new AddedBody(all.Lines, AccessChangeBody.Of(all.Change, call.Actor.DryRun)));
    }

    private static async Task<IResult> GetAsync(ApiCall call, AddressedOrganization organization, MemberDirectory members)
    {
        var found = await FindAsync(call, organization, members);
        return call.Answer(found, value => value.Version, MemberBody.Of);
    }

    private static async Task<IResult> ChangeAsync(
        ApiCall call, AddressedOrganization organization, IfMatch match, Body<MemberChangeBody> body, MemberDirectory directory, MembersService members)
    {
        var typed = body.Value;
        if (typed is { Role: null, MayCreateProjects: null } or { Role: not null, MayCreateProjects: not null })
        {
            return Problem.BadRequest("Send either role or mayCreateProjects.").ToResult();
        }

        var found = await FindAsync(call, organization, directory);
        if (typed.Role is null && call.Actor.RevokedKeys.Count > 0)
        {
            return Problem.BadRequest("Keys are revoked with a change of the role, and this is none.").ToResult();
        }

        return !found.Succeeded ? ApiCall.Refuse(found.Error)
            : typed.Role is null && match.Version is { } seen && seen != found.Value.Version ? ApiCall.Refuse(new Stale())
            : call.Changed(typed.Role is { } role
                ? await members.ChangeRoleAsync(call.Actor, organization.Id, new MemberRoleChange(found.Value.UserId, role, match.Version, typed.Heir), call.Aborted)
                : (await members.LetCreateProjectsAsync(call.Actor, organization.Id, found.Value.UserId, typed.MayCreateProjects!.Value, call.Aborted)).With(AccessChange.Done));
    }

    private static async Task<IResult> RemoveAsync(ApiCall call, AddressedOrganization organization, string? heir, MemberDirectory directory, MembersService members)
    {
        var found = await FindAsync(call, organization, directory);
        return !found.Succeeded ? ApiCall.Refuse(found.Error)
            : call.Changed(await members.RemoveAsync(call.Actor, organization.Id, new MemberRemoval(found.Value.UserId, heir), call.Aborted));
    }

    private static Task<Result<MemberRow>> FindAsync(ApiCall call, AddressedOrganization organization, MemberDirectory members) =>
        members.FindAsync(call.Actor, organization.Id, call.Route("address"), call.Aborted);
}
