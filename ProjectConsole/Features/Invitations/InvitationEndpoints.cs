using ProjectConsole.Api;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Invitations;
using ProjectConsole.Features.Account;

namespace ProjectConsole.Features.Invitations;

/// <summary>Invitations to organizations and projects through the API. Links are sent by mail and shown to nobody here.</summary>
public static class InvitationEndpoints
{
    private const string Tag = "Invitations";

    /// <summary>Maps the endpoints.</summary>
    public static void MapInvitationEndpoints(this IEndpointRouteBuilder api)
    {
        Map(api, ApiPaths.OfOrganization, "Member", Permissions.MembersManage);
        Map(api, ApiPaths.OfProject, "Collaborator", Permissions.CollaboratorsAdd);
    }

    private static void Map(IEndpointRouteBuilder api, string root, string whom, Permission needs)
    {
        string all = root + "/invitations", one = all + "/{invitation:guid}";
        api.MapGet(all, ListAsync).Named($"list{whom}Invitations", Tag, "List invitations").Needs(needs).Answers<Listed<InvitationRow>>();
        api.MapPost(all, InviteAsync).Named($"invite{whom}s", Tag, "Invite people by mail").Needs(needs).Answers<InvitedBody>();
        api.MapPost(one + "/resend", ResendAsync).Named($"resend{whom}Invitation", Tag, "Send an invitation again, with a new link").Needs(needs).AnswersNothing();
        api.MapDelete(one, CancelAsync).Named($"cancel{whom}Invitation", Tag, "Take an invitation back").Needs(needs).AnswersNothing();
    }

    private static async Task<IResult> ListAsync(
        ApiCall call, AddressedOwner owner, ListCall list, Choice<InvitationState>? state, string? search, InvitationListService invitations) =>
        list.Answer(await invitations.ListAsync(call.Actor, PlaceOf(owner), new InvitationQuery(state?.Value, search, list.Page), call.Aborted), row => row);

    private static async Task<IResult> InviteAsync(
        ApiCall call, AddressedOwner owner, Body<NewInvitationsBody> body, InvitationsService invitations, HttpContext http, IConfiguration configuration, IHostEnvironment host)
    {
        var (typed, site) = (body.Value, PublicAddress.Of(configuration, http.Request, host.IsDevelopment()));
        var offer = new NewInvitations(string.Join('\n', typed.Addresses ?? []), typed.OrganizationRole, typed.ProjectRole, typed.GrantExpiresUtc);
        if (call.Actor.DryRun)
        {
            return ApiCall.Answer(await invitations.PreviewAsync(call.Actor, PlaceOf(owner), offer, site, call.Aborted), _ => new InvitedBody(true, []));
        }

        return ApiCall.Answer(
            await invitations.InviteAsync(call.Actor, PlaceOf(owner), offer, site, call.Aborted),
            lines => new InvitedBody(false, [.. lines.Select(line => new InvitedLineBody(line.Email, line.Refusal is null, line.Refusal?.Message))]));
    }

    private static async Task<IResult> ResendAsync(
        ApiCall call, AddressedOwner owner, Guid invitation, InvitationsService invitations, HttpContext http, IConfiguration configuration, IHostEnvironment host) =>
        ApiCall.Done(await invitations.ResendAsync(
            call.Actor, PlaceOf(owner), invitation, PublicAddress.Of(configuration, http.Request, host.IsDevelopment()), call.Aborted));

    private static async Task<IResult> CancelAsync(ApiCall call, AddressedOwner owner, Guid invitation, InvitationsService invitations) =>
        ApiCall.Done(await invitations.CancelAsync(call.Actor, PlaceOf(owner), invitation, call.Aborted));

    private static InvitationPlace PlaceOf(AddressedOwner owner) => new(owner.Value.OrganizationId, owner.Value.ProjectId);
}

/// <summary>People to invite.</summary>
/// <param name="Addresses">Their e-mail addresses.</param>
/// <param name="OrganizationRole">Stored name of the role in the organization; not sent to invite to the project alone.</param>
/// <param name="ProjectRole">Stored name of the role in the project; not sent to invite to the organization alone.</param>
/// <param name="GrantExpiresUtc">When the role in the project ends; null for never.</param>
public sealed record NewInvitationsBody(IReadOnlyList<string?>? Addresses, string? OrganizationRole, string? ProjectRole, DateTime? GrantExpiresUtc = null);

/// <summary>What became of each address.</summary>
/// <param name="DryRun">Whether nothing was sent; then nothing is told of an address.</param>
/// <param name="Lines">One for each.</param>
public sealed record InvitedBody(bool DryRun, IReadOnlyList<InvitedLineBody> Lines);

/// <summary>What became of one address.</summary>
/// <param name="Email">As sent.</param>
/// <param name="Invited">Whether it was invited.</param>
/// <param name="Reason">Why not.</param>
public sealed record InvitedLineBody(string Email, bool Invited, string? Reason);
