namespace ProjectConsole.Shared;

/// <summary>Why a command or a read was refused. <see cref="Message"/> is the sentence that the person reads.</summary>
public abstract record Error
{
    /// <summary>One or two sentences in the console's voice; never an exception's text.</summary>
    public abstract string Message { get; }

    /// <summary>Whether it denies access, so that the attempt is written to the audit log.</summary>
    public virtual bool IsDenial => false;

    /// <summary>Whether it says that something is not there.</summary>
    public virtual bool IsAbsence => false;
}

/// <summary>The same answer for what is missing and for what the actor may not know of.</summary>
public sealed record NotFound : Error
{
    /// <inheritdoc/>
    public override string Message => "This does not exist, or you do not have access to it.";

    /// <inheritdoc/>
    public override bool IsDenial => true;
}

/// <summary>The actor may know the thing and lacks a permission on it.</summary>
/// <param name="Missing">Titles of the missing permissions, in catalogue order.</param>
/// <param name="WhoCanGrant">Who can change that, as the end of a sentence: "an Admin of the project".</param>
public sealed record Forbidden(IReadOnlyList<string> Missing, string WhoCanGrant) : Error
{
    /// <inheritdoc/>
    public override string Message =>
        $"You may not do this: it needs {string.Join(", ", Missing.Select(title => $"\"{title}\""))}. Ask {WhoCanGrant}.";

    /// <inheritdoc/>
    public override bool IsDenial => true;
}

/// <summary>One wrong field of a form, with the sentence that is shown beside it.</summary>
public sealed record FieldError(string Field, string Message);

/// <summary>The input breaks rules; every wrong field is listed, so that nobody repairs them one by one.</summary>
public sealed record Invalid(IReadOnlyList<FieldError> Fields) : Error
{
    /// <summary>Makes the error for a single field.</summary>
    public Invalid(string field, string message)
        : this([new FieldError(field, message)])
    {
    }

    /// <inheritdoc/>
    public override string Message => string.Join(" ", Fields.Select(wrong => wrong.Message));

    /// <summary>The sentence for one field, or null where that field is right.</summary>
    public string? For(string field) => Fields.FirstOrDefault(candidate => candidate.Field == field)?.Message;
}

/// <summary>Somebody else changed the entity since the actor read it; the person chooses what to do.</summary>
public sealed record Stale : Error
{
    /// <inheritdoc/>
    public override string Message =>
        "Somebody changed this while you were editing. Nothing was saved: reload to see their change, or save yours over it.";
}

/// <summary>A rule of the domain says no; features derive one record per rule.</summary>
public abstract record RuleError : Error;
