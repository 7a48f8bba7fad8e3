using ProjectConsole.Api;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Teams;

/// <summary>Teams of an organization through the API.</summary>
public static class TeamEndpoints
{
    private const string Tag = "Teams";

    /// <summary>Maps the endpoints.</summary>
    public static void MapTeamEndpoints(this IEndpointRouteBuilder api)
    {
        const string all = ApiPaths.OfOrganization + "/teams", one = all + "/{team}", members = one + "/members";
        api.MapGet(all, ListAsync).Named("listTeams", Tag, "List teams").Needs(Permissions.TeamsView).Answers<Listed<ListedTeamBody>>();
        api.MapPost(all, CreateAsync).Named("createTeam", Tag, "Create a team").Needs(Permissions.TeamsManage).Answers<CreatedBody>(201);
        api.MapGet(one, GetAsync).Named("getTeam", Tag, "Read a team").Needs(Permissions.TeamsView).Answers<TeamBody>();
        api.MapPatch(one, ChangeAsync).Named("changeTeam", Tag, "Change a team's name or description").Needs(Permissions.TeamsManage).AnswersNothing();
        api.MapDelete(one, DeleteAsync).Named("deleteTeam", Tag, "Delete a team with all that was granted to it").Needs(Permissions.TeamsManage).Answers<AccessChangeBody>();
        api.MapGet(members, MembersAsync).Named("listTeamMembers", Tag, "List who is in a team").Needs(Permissions.TeamsView).Answers<Listed<TeamMemberBody>>();
        api.MapPost(members, AddAsync).Named("addTeamMembers", Tag, "Add members of the organization to a team").Needs(Permissions.TeamsManage).RepeatsByItself().Answers<AddedBody>();
        api.MapDelete(members + "/{address}", RemoveAsync).Named("removeTeamMember", Tag, "Take somebody out of a team").Needs(Permissions.TeamsManage).Answers<AccessChangeBody>();
    }

    private static async Task<IResult> ListAsync(
        ApiCall call, AddressedOrganization organization, ListCall list, string? search, Choice<TeamSort>? sort, bool? descending, TeamDirectory teams) =>
        list.Answer(
            (await teams.ListAsync(call.Actor, organization.Id, new TeamQuery(search, sort?.Value ?? default, descending ?? false, list.Page), call.Aborted)).Map(all => all.Page),
            ListedTeamBody.Of);

    private static async Task<IResult> CreateAsync(ApiCall call, AddressedOrganization organization, Body<NewTeamBody> body, TeamsService teams)
    {
        var (typed, slug) = (body.Value, Domain.Projects.Slug.Clean(body.Value.Id));
        var made = await teams.CreateAsync(call.Actor, organization.Id, new NewTeam(typed.Name ?? "", slug, typed.Description ?? ""), call.Aborted);
        return call.Made(made.Named((nameof(NewTeam.Slug), "id")), _ => $"{organization.Address}/teams/{slug}", _ => new CreatedBody(slug));
    }

    private static async Task<IResult> GetAsync(ApiCall call, AddressedOrganization organization, TeamDirectory teams)
    {
        var found = await FindAsync(call, organization, teams);
        return call.Answer(found, value => value.Version, TeamBody.Of);
    }

    private static async Task<IResult> ChangeAsync(
        ApiCall call, AddressedOrganization organization, IfMatch match, Body<TeamChangeBody> body, TeamDirectory directory, TeamsService teams)
    {
        var found = await FindAsync(call, organization, directory);
        if (!found.Succeeded)
        {
            return ApiCall.Refuse(found.Error);
        }

        var (team, typed) = (found.Value, body.Value);
        return ApiCall.Done(await teams.ChangeAsync(
            call.Actor, organization.Id, new TeamTexts(team.Id, typed.Name ?? team.Name, typed.Description ?? team.Description, match.Version ?? team.Version), call.Aborted));
    }

    private static async Task<IResult> DeleteAsync(ApiCall call, AddressedOrganization organization, string? heir, TeamDirectory directory, TeamsService teams)
    {
        var found = await FindAsync(call, organization, directory);
        return !found.Succeeded ? ApiCall.Refuse(found.Error)
            : call.Changed(await teams.DeleteAsync(call.Actor, organization.Id, new TeamDeletion(found.Value.Id, heir), call.Aborted));
    }

    private static async Task<IResult> MembersAsync(ApiCall call, AddressedOrganization organization, ListCall list, TeamDirectory teams) => list.Answer(
        (await teams.GetAsync(call.Actor, organization.Id, call.Route("team"), list.Page, call.Aborted)).Map(team => team.People), TeamMemberBody.Of);

    private static async Task<IResult> AddAsync(
        ApiCall call, AddressedOrganization organization, Body<NewTeamMembersBody> body, TeamDirectory directory, TeamsService teams)
    {
        var found = await FindAsync(call, organization, directory);
        if (!found.Succeeded)
        {
            return ApiCall.Refuse(found.Error);
        }

        var added = await teams.AddMembersAsync(
            call.Actor, organization.Id, new NewTeamMembers(found.Value.Id, string.Join('\n', body.Value.Addresses ?? [])) { AllOrNone = body.Value.AllOrNone }, call.Aborted);
        return ApiCall.Answer(added, all => new AddedBody(all.Lines, AccessChangeBody.Of(all.Change, call.Actor.DryRun)));
    }

    private static async Task<IResult> RemoveAsync(ApiCall call, AddressedOrganization organization, string? heir, TeamDirectory directory, TeamsService teams)
    {
        var found = await directory.FindMemberAsync(call.Actor, organization.Id, call.Route("team"), EmailAddress.Normalize(TextRules.Clean(call.Route("address"))), call.Aborted);
        return !found.Succeeded ? ApiCall.Refuse(found.Error)
            : call.Changed(await teams.RemoveMemberAsync(call.Actor, organization.Id, new TeamMemberRemoval(found.Value.TeamId, found.Value.UserId, heir), call.Aborted));
    }

    private static Task<Result<TeamDetails>> FindAsync(ApiCall call, AddressedOrganization organization, TeamDirectory teams) =>
        teams.GetAsync(call.Actor, organization.Id, call.Route("team"), new PageRequest(1, null), call.Aborted);
}
