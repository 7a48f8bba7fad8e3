namespace ProjectConsole.Domain.Keys;

/// <summary>A bearer token of a person: what it holds is cut at each use to what the person may do then.</summary>
public sealed class PersonalToken : StoredKey
{
    private PersonalToken()
    {
    }

    /// <summary>Makes a token of a person.</summary>
    public PersonalToken(Guid userId, KeyTerms terms, DateTime nowUtc)
        : base(Guid.CreateVersion7(), terms, nowUtc) => UserId = userId;

    /// <summary>Whose it is.</summary>
    public Guid UserId { get; private set; }
}
