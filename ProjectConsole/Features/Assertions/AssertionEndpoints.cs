using ProjectConsole.Api;
using ProjectConsole.Domain.Access;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Assertions;

/// <summary>Assertions of an organization through the API.</summary>
public static class AssertionEndpoints
{
    private const string Tag = "Assertions";

    /// <summary>Maps the endpoints.</summary>
    public static void MapAssertionEndpoints(this IEndpointRouteBuilder api)
    {
        const string all = ApiPaths.OfOrganization + "/assertions", one = all + "/{assertion:guid}";
        api.MapGet(all, ListAsync).Named("listAssertions", Tag, "List the sentences that every change of access is checked against").Needs(Permissions.AssertionsView).Answers<Listed<AssertionRow>>();
        api.MapPost(all, CreateAsync).Named("createAssertion", Tag, "Write an assertion").Needs(Permissions.AssertionsManage).Answers<CreatedBody>(201);
        api.MapGet(one, GetAsync).Named("getAssertion", Tag, "Read an assertion and who breaks it").Needs(Permissions.AssertionsView).Answers<AssertionBody>();
        api.MapDelete(one, DeleteAsync).Named("deleteAssertion", Tag, "Delete an assertion").Needs(Permissions.AssertionsManage).AnswersNothing();
    }

    private static async Task<IResult> ListAsync(ApiCall call, AddressedOrganization organization, ListCall list, AssertionsService assertions) =>
        list.AnswerAll(await assertions.ListAsync(call.Actor, organization.Id, call.Aborted), row => row);

    private static async Task<IResult> CreateAsync(ApiCall call, AddressedOrganization organization, Body<NewAssertionBody> body, AssertionsService assertions)
    {
        var typed = body.Value;
        if (typed.Form is not { } form)
        {
            return ApiCall.Refuse(new Invalid("form", "Say nobody, only or not-external."));
        }

        var made = await assertions.CreateAsync(
            call.Actor, organization.Id, new NewAssertion(form, typed.Permission ?? "", typed.Project ?? "", typed.Only, typed.Reason ?? ""), call.Aborted);
        return call.Made(made, id => $"{organization.Address}/assertions/{id}", id => new CreatedBody(id.ToString()));
    }

    private static async Task<IResult> GetAsync(ApiCall call, AddressedOrganization organization, Guid assertion, AssertionsService assertions) => ApiCall.Answer(
        await assertions.OpenAsync(call.Actor, organization.Id, assertion, call.Aborted),
        opened => new AssertionBody(
            opened.Row, opened.State.IsComplete, [.. opened.State.Breaking.Select(breaker => new BreakerBody(breaker.Email, breaker.Project, breaker.Paths))], opened.State.Unnamed));

    private static async Task<IResult> DeleteAsync(ApiCall call, AddressedOrganization organization, Guid assertion, AssertionsService assertions) =>
        ApiCall.Done(await assertions.DeleteAsync(call.Actor, organization.Id, assertion, call.Aborted));
}

/// <summary>An assertion to write.</summary>
/// <param name="Form">Which of the three sentences.</param>
/// <param name="Permission">What nobody else may do.</param>
/// <param name="Project">Project ID; not sent for any.</param>
/// <param name="Only">For only: team: and the team's uid, or role: and the role's stored name.</param>
/// <param name="Reason">Why.</param>
public sealed record NewAssertionBody(AssertionForm? Form, string? Permission, string? Project, string? Only, string? Reason);

/// <summary>An assertion, and who breaks it now.</summary>
/// <param name="Assertion">What it says.</param>
/// <param name="Complete">Whether everybody was checked.</param>
/// <param name="Breaking">Who breaks it.</param>
/// <param name="Unnamed">How many more break it where the caller may not see collaborators.</param>
public sealed record AssertionBody(AssertionRow Assertion, bool Complete, IReadOnlyList<BreakerBody> Breaking, int Unnamed);

/// <summary>Somebody who breaks an assertion.</summary>
/// <param name="Email">Who.</param>
/// <param name="Project">Name of the project.</param>
/// <param name="Paths">By which paths, in words.</param>
public sealed record BreakerBody(string Email, string Project, string Paths);
