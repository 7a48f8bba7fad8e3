namespace ProjectConsole.Domain.Projects;

/// <summary>The life of a project: Active and Suspended change into each other, either ends in Deleted.</summary>
public enum ProjectState
{
    /// <summary>In use.</summary>
    Active,

    /// <summary>Readable; nothing can be changed or started.</summary>
    Suspended,

    /// <summary>Gone for everybody but those who may restore it, for <see cref="Project.RestorableFor"/>.</summary>
    Deleted,
}
