using ProjectConsole.Domain.Access;

namespace ProjectConsole.Tests.Domain.Access;

public sealed class PermissionSetTests
{
    private const int Rounds = 2_000;

    private readonly Random _random = new(20260302);

    [Fact]
    public void Operators_RandomSets_AgreeWithSetsOfNames()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var (x, y) = (RandomSets.Permissions(_random), RandomSets.Permissions(_random));
            var (names, others) = (Names(x), Names(y));

            Assert.Equal(names.Union(others).ToHashSet(), Names(x | y));
            Assert.Equal(names.Intersect(others).ToHashSet(), Names(x & y));
            Assert.Equal(names.Except(others).ToHashSet(), Names(x - y));
            Assert.Equal(names.IsSubsetOf(others), x.IsSubsetOf(y));
            Assert.Equal(names.SetEquals(others), x == y);
            Assert.Equal(names.Count, x.Count);
        }
    }

    [Fact]
    public void Operators_RandomSets_ObeyTheLawsOfSets()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var (x, y, z) = (RandomSets.Permissions(_random), RandomSets.Permissions(_random), RandomSets.Permissions(_random));

            Assert.Equal(x | y, y | x);
            Assert.Equal(x & y, y & x);
            Assert.Equal((x | y) | z, x | (y | z));
            Assert.Equal(x & (y | z), (x & y) | (x & z));
            Assert.Equal(x - (y | z), (x - y) & (x - z));
            Assert.Equal(x, (x & y) | (x - y));
            Assert.True((x & y).IsSubsetOf(x) && x.IsSubsetOf(x | y));
            Assert.Equal((x | y) == y, x.IsSubsetOf(y));
            Assert.True((x - x).IsEmpty);
            Assert.Equal((x | y).GetHashCode(), (y | x).GetHashCode());
        }
    }

    [Fact]
    public void Contains_EveryPermissionOfTheCatalogue_OnlyItsOwnBit() =>
        Assert.All(PermissionCatalogue.All, permission =>
        {
            var set = PermissionSet.Of(permission);

            Assert.Equal([permission], set);
            Assert.All(PermissionCatalogue.All, other => Assert.Equal(other == permission, set.Contains(other)));
        });

    private static HashSet<string> Names(PermissionSet set) => set.Select(permission => permission.Name).ToHashSet();
}
