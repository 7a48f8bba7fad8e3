using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Collaborators;

/// <summary>What somebody can give on: nobody gives what they do not hold, nor for longer than they hold it.</summary>
public sealed class Giver
{
    private readonly PermissionSet _held;
    private readonly EffectiveAccess? _access;

    private Giver(PermissionSet held, EffectiveAccess? access) => (_held, _access) = (held, access);

    /// <summary>Somebody with this access in the project.</summary>
    public static Giver Of(EffectiveAccess access) => new(access.Held, access);

    /// <summary>Somebody who is about to have this in the project without an end: the creator of a project.</summary>
    public static Giver Of(PermissionSet held) => new(held, null);

    /// <summary>The refusal to give this until then, or null.</summary>
    public Error? Refuse(PermissionSet given, DateTime? untilUtc)
    {
        if (given - _held is { IsEmpty: false } missing)
        {
            return new ExceedsOwn(missing);
        }

        return _access is null || given.IsSubsetOf(_access.HeldUntil(untilUtc)) ? null : new OutlivesOwn(_access.HoldsUntil(given) ?? _access.Facts.Now);
    }
}
