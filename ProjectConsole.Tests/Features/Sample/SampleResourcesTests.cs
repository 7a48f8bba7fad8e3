using System.Text.Json.Nodes;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Sample;

namespace ProjectConsole.Tests.Features.Sample;

/// <summary>The sample writes past the commands, so it is held to what the commands check.</summary>
public sealed class SampleResourcesTests
{
    private static readonly string[] Failing = ["run", "job", "cluster", "instance", "endpoint", "evaluation"];

    public static TheoryData<string> Projects => [.. SampleResources.ByProject.Keys, "developer", "former", "trainee"];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Resources_OfAProject_KeepTheRulesOfTheirKinds(string project)
    {
        var all = project == "developer" ? SampleOthers.OfDeveloper : project == "former" ? SampleOthers.OfFormerMember : project == "trainee" ? SampleOthers.OfFormerTrainee : SampleResources.ByProject[project];
        var known = all.Concat(SampleOthers.Catalogue).Select(sample => (sample.Kind, sample.Name)).ToHashSet();

        Assert.Equal(all.Count, all.Select(sample => (sample.Kind, sample.Name)).Distinct().Count());
        Assert.All(all, sample =>
        {
            var (spec, wrong) = Check(sample);
            Assert.True(wrong.Count == 0, $"{sample.Kind} {sample.Name}: {string.Join(' ', wrong)}");
            Assert.Null(ResourceNames.Problem(sample.Name));
            Assert.Null(ResourceNames.CheckLabels(sample.Labels.Split(' ')).Problem);
            Assert.Contains(ResourceKinds.Get(sample.Kind).Life.States, state => state.Name == sample.State);
            Assert.All(
                SpecRules.References(ResourceKinds.Get(sample.Kind).Fields, spec),
                reference =>
                {
                    Assert.Contains(Target(reference), known);
                    var named = Named(reference, all);
                    Assert.True(reference.Field.Target?.Fits(named.Kind, Check(named).Spec) ?? true, $"{sample.Name}: {reference.Name}");
                });
            var kind = ResourceKinds.Get(sample.Kind);
            Assert.Empty(kind.Rule?.Invoke(spec) ?? []);
            Assert.Empty(kind.NamedRule?.Invoke(
                spec, field => SpecRules.References(kind.Fields, spec).FirstOrDefault(reference => reference.At == $"spec.{field}") is { } found ? Check(Named(found, all)).Spec : null) ?? []);
            Assert.Empty(Neighbours(sample, spec, all));
        });
    }

    [Fact]
    public void Catalogue_OfTheOrganization_KeepsTheRulesOfItsKinds()
    {
        Assert.All(SampleOthers.Catalogue, sample => Assert.Empty(Check(sample).Wrong));
        Assert.Equal(ResourceKinds.Catalogue.Select(kind => kind.Name), SampleOthers.Catalogue.Select(sample => sample.Kind).Distinct());
    }

    [Fact]
    public void Resources_OfAllProjects_AreOfEveryKindAndSomeFailed()
    {
        var all = SampleResources.ByProject.Values.SelectMany(samples => samples).ToList();

        Assert.Empty(ResourceKinds.All.Select(kind => kind.Name).Except(all.Select(sample => sample.Kind)));
        Assert.Empty(Failing.Except(all.Where(sample => sample.State == "failed").Select(sample => sample.Kind)));
    }

    [Fact]
    public void Instances_WithAnOffering_HaveItsSizes() => Assert.All(
        SampleResources.ByProject.Values.SelectMany(samples => samples).Where(sample => sample.Kind == "instance" && sample.Fields["offering"] is not null), sample =>
        {
            var offering = SampleOthers.Catalogue.Single(offered => offered.Name == sample.Fields["offering"]!.GetValue<string>()).Fields;
            Assert.All(offering, size => Assert.True(JsonNode.DeepEquals(size.Value, sample.Fields[size.Key]), $"{sample.Name}: {size.Key}"));
        });

    private static (ResourceSpec Spec, IReadOnlyList<ProjectConsole.Shared.FieldError> Wrong) Check(SampleResource sample) =>
        SpecRules.Check(ResourceKinds.Get(sample.Kind).Fields, sample.Fields);

    private static SampleResource Named(SpecReference reference, IReadOnlyList<SampleResource> all) =>
        all.Concat(SampleOthers.Catalogue).Single(sample => (sample.Kind, sample.Name) == Target(reference));

    private static (string Kind, string Name) Target(SpecReference reference)
    {
        var target = Assert.NotNull(ResourceReference.Parse(reference.Field, reference.Name));
        return (target.Kind, target.Name);
    }

    private static IEnumerable<ProjectConsole.Shared.FieldError> Neighbours(SampleResource sample, ResourceSpec spec, IReadOnlyList<SampleResource> all) =>
        ResourceKinds.Get(sample.Kind).Neighbours is not { } rule ? [] : rule.Check(
            new Neighbour(sample.Kind, sample.Name, spec),
            [.. all.Where(other => other != sample && rule.Kinds.Contains(other.Kind)).Select(other => new Neighbour(other.Kind, other.Name, Check(other).Spec))]);
}
