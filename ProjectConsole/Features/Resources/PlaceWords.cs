namespace ProjectConsole.Features.Resources;

/// <summary>What pages of resources say of whose they are.</summary>
internal static class PlaceWords
{
    /// <summary>What stands under the heading; a project needs no words.</summary>
    public static string? About(ResourcePlace place) => place.Owner switch
    {
        { IsCatalogue: true } => $"What every project of {place.Title} may choose: sizes of machines and disks, and templates.",
        { IsPersonal: true } => "What belongs to you and to no project.",
        _ => null,
    };

    /// <summary>What an empty place is for.</summary>
    public static string WhatFor(ResourcePlace place) => place.Owner switch
    {
        { IsCatalogue: true } => "Offerings say how large machines and disks are, and templates what is on them. What is made here can be chosen in every project.",
        { IsPersonal: true } => "What you make here belongs to no project: only you see it, and it counts against limits of its own. When it is of use to others, move it into a project; a template may also be shared with one.",
        _ => "A project exists for what it holds: pipelines and their runs, data, models, clusters, storage and networks. What is made here belongs to the project and stays when the person who made it leaves.",
    };

    /// <summary>To whom something new belongs.</summary>
    public static string BelongsTo(ResourcePlace place) => place.Owner switch
    {
        { IsCatalogue: true } => $"It belongs to the catalogue of {place.Title}: every project may choose it, and no project makes its own.",
        { IsPersonal: true } => "It belongs to you alone and to no project. It counts against the limits of your personal space, never against a project's.",
        _ => $"It belongs to {place.Title} and stays when the person who made it leaves.",
    };

    /// <summary>Who makes what is missing, for those who do not.</summary>
    public static string WhoMakes(ResourcePlace place) => place.Owner.IsCatalogue
        ? "Somebody who manages the catalogue can make one."
        : "Somebody who may create resources here can make one.";
}
