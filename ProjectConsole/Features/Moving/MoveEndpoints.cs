using ProjectConsole.Api;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Resources;

namespace ProjectConsole.Features.Moving;

/// <summary>Gives resources to another project through the API.</summary>
public static class MoveEndpoints
{
    /// <summary>Maps the endpoints.</summary>
    public static void MapMoveEndpoints(this IEndpointRouteBuilder api)
    {
        const string one = "/{kind}/{name}/move";
        api.MapPost(ApiPaths.OfProject + one, MoveAsync).Named("moveResource", "Resources", "Give a resource to another project").OfKinds(ResourceKinds.All, "delete").RepeatsByItself().AnswersNothing();
        api.MapPost(AddressedResources.OfPersonalSpace + one, MoveAsync).Named("movePersonalResource", "Personal space", "Give a resource of your personal space to a project")
            .OfKinds(ResourceKinds.All, "delete").RepeatsByItself().AnswersNothing();
    }

    private static async Task<IResult> MoveAsync(ApiCall call, AddressedResources resources, Body<MoveBody> body, ResourceDetailService details, MovingService moving)
    {
        var found = await resources.FindOwnAsync(call, details);
        return !found.Succeeded ? ApiCall.Refuse(found.Error)
            : ApiCall.Done(await moving.MoveAsync(call.Actor, resources.Owner, [found.Value.Row.Id], body.Value.Project ?? "", call.Aborted));
    }
}

/// <summary>Where a resource is to belong.</summary>
/// <param name="Project">Project ID of a project in which the caller creates resources of its kind.</param>
public sealed record MoveBody(string? Project);
