using System.Collections;
using System.Numerics;

namespace ProjectConsole.Domain.Access;

/// <summary>
/// A small immutable set of permissions: 256 bits with union, intersection, difference and subset.
/// Bits are assigned at start and are never stored; databases hold names.
/// </summary>
public readonly struct PermissionSet : IEquatable<PermissionSet>, IEnumerable<Permission>
{
    /// <summary>The most permissions that a catalogue can hold.</summary>
    public const int Capacity = 256;

    private readonly ulong _a, _b, _c, _d;

    private PermissionSet(ulong a, ulong b, ulong c, ulong d) => (_a, _b, _c, _d) = (a, b, c, d);

    /// <summary>Holds nothing.</summary>
    public static PermissionSet Empty => default;

    /// <summary>How many permissions it holds.</summary>
    public int Count => BitOperations.PopCount(_a) + BitOperations.PopCount(_b) + BitOperations.PopCount(_c) + BitOperations.PopCount(_d);

    /// <summary>Whether it holds nothing.</summary>
    public bool IsEmpty => (_a | _b | _c | _d) == 0;

    /// <summary>Union.</summary>
    public static PermissionSet operator |(PermissionSet x, PermissionSet y) => new(x._a | y._a, x._b | y._b, x._c | y._c, x._d | y._d);

    /// <summary>Intersection.</summary>
    public static PermissionSet operator &(PermissionSet x, PermissionSet y) => new(x._a & y._a, x._b & y._b, x._c & y._c, x._d & y._d);

    /// <summary>Difference: what <paramref name="x"/> holds and <paramref name="y"/> does not.</summary>
    public static PermissionSet operator -(PermissionSet x, PermissionSet y) => new(x._a & ~y._a, x._b & ~y._b, x._c & ~y._c, x._d & ~y._d);

    /// <summary>Equality of content.</summary>
    public static bool operator ==(PermissionSet x, PermissionSet y) => x.Equals(y);

    /// <summary>Difference of content.</summary>
    public static bool operator !=(PermissionSet x, PermissionSet y) => !x.Equals(y);

    /// <summary>The set of exactly these permissions, without what they include.</summary>
    public static PermissionSet Of(params ReadOnlySpan<Permission> permissions)
    {
        var set = Empty;
        foreach (var permission in permissions)
        {
            set |= Bit(permission.Index);
        }

        return set;
    }

    /// <summary>The set of exactly these permissions, without what they include.</summary>
    public static PermissionSet Of(IEnumerable<Permission> permissions) => Of(permissions.ToArray());

    /// <summary>Whether it holds the permission.</summary>
    public bool Contains(Permission permission)
    {
        var bit = 1UL << (permission.Index & 63);
        return (permission.Index >> 6) switch
        {
            0 => (_a & bit) != 0,
            1 => (_b & bit) != 0,
            2 => (_c & bit) != 0,
            _ => (_d & bit) != 0,
        };
    }

    /// <summary>Whether everything here is in the other set as well.</summary>
    public bool IsSubsetOf(PermissionSet other) => (this - other).IsEmpty;

    /// <inheritdoc/>
    public bool Equals(PermissionSet other) => _a == other._a && _b == other._b && _c == other._c && _d == other._d;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PermissionSet other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_a, _b, _c, _d);

    /// <summary>The permissions in catalogue order.</summary>
    public IEnumerator<Permission> GetEnumerator()
    {
        foreach (var permission in PermissionCatalogue.All)
        {
            if (Contains(permission))
            {
                yield return permission;
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static PermissionSet Bit(int index)
    {
        var bit = 1UL << (index & 63);
        return (index >> 6) switch
        {
            0 => new(bit, 0, 0, 0),
            1 => new(0, bit, 0, 0),
            2 => new(0, 0, bit, 0),
            _ => new(0, 0, 0, bit),
        };
    }
}
