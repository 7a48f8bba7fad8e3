using ProjectConsole.Data;

namespace ProjectConsole.Tests.Architecture;

/// <summary>Which part of the console may know which other part.</summary>
public sealed class ArrowTests
{
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Shared"] = [],
        ["Domain"] = ["Shared"],
        ["Data"] = ["Domain", "Shared"],
        ["Security"] = ["Domain", "Data", "Shared"],
        ["CommandLine"] = ["Shared"],
        ["Api"] = ["Domain", "Data", "Security", "Shared"],
        ["Features"] = ["Domain", "Data", "Security", "Shared", "Components", "Api"],
        ["Components"] = ["Domain", "Data", "Security", "Shared"],
    };

    // The frame of every page names the features that are in it.
    private static readonly string[] Frame = ["ProjectConsole.Components", "ProjectConsole.Components.Layout"];

    private static readonly Type[] All = typeof(ConsoleDbContext).Assembly.GetTypes();

    [Fact]
    public void Parts_AllTypes_KnowOnlyWhatTheyMay()
    {
        var wrong = from type in All
                    let part = PartOf(type)
                    where Arrows.ContainsKey(part)
                    from used in UsedTypes.Of(type)
                    let other = PartOf(used)
                    where other != part && Arrows.ContainsKey(other) && !Arrows[part].Contains(other)
                    where !(other == "Features" && Frame.Contains(type.Namespace))
                    select $"{Named(type)} -> {Named(used)}";

        Assert.Empty(wrong.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Parts_AllTypes_AreInOneOfThem()
    {
        var strays = All.Where(type => type.Namespace?.StartsWith("ProjectConsole.", StringComparison.Ordinal) is true && !Arrows.ContainsKey(PartOf(type)));

        Assert.Empty(strays.Select(Named));
    }

    [Fact]
    public void Domain_AllTypes_KnowNeitherDatabaseNorWeb()
    {
        string[] forbidden = ["Microsoft.EntityFrameworkCore", "Microsoft.AspNetCore", "Microsoft.Extensions", "System.Net.Http", "System.Data", "Radzen"];
        var wrong = from type in All.Where(type => PartOf(type) is "Domain" or "Shared")
                    from used in UsedTypes.Of(type)
                    where forbidden.Any(start => used.Namespace?.StartsWith(start, StringComparison.Ordinal) is true)
                    select $"{Named(type)} -> {used.FullName}";

        Assert.Empty(wrong.Distinct());
    }

    [Fact]
    public void Transactions_AreBegunByTheWriteMethodOnly()
    {
        // Whoever signs in is nobody yet, so there is nothing to decide; the sample is written into an empty database by the program.
        string[] except = ["ProjectConsole.Features.Account.AccountWriter", "ProjectConsole.Features.Sample.SampleInstallation"];
        var types = All.Where(type => PartOf(type) is "Features" or "Components" && !except.Contains(Named(type)))
            .Where(type => UsedTypes.Of(type).Any(used => used.FullName == "Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction"));

        Assert.Empty(types.Select(Named));
    }

    [Fact]
    public void Of_ATypeUsedInAMethodBodyOnly_IsFound() => Assert.Contains(typeof(Stack<Version>), UsedTypes.Of(typeof(Sample)));

    private static string PartOf(Type type) => type.Namespace?.Split('.') is ["ProjectConsole", var part, ..] && type.Assembly == typeof(ConsoleDbContext).Assembly ? part : "";

    private static string Named(Type type) => (type.IsNested ? type.DeclaringType!.FullName : type.FullName)!;

    private sealed class Sample
    {
        public static int Count() => new Stack<Version>().Count;
    }
}
