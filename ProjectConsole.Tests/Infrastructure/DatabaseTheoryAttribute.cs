using Xunit.Abstractions;
using Xunit.Sdk;

namespace ProjectConsole.Tests.Infrastructure;

/// <summary>
/// Runs a test once per database: its first parameter is a <see cref="DatabaseKind"/>. Databases that this run does not have
/// show as skipped, with the reason. Rows of InlineData or MemberData give the parameters after the first.
/// </summary>
[XunitTestCaseDiscoverer("ProjectConsole.Tests.Infrastructure.DatabaseTheoryDiscoverer", "ProjectConsole.Tests")]
[AttributeUsage(AttributeTargets.Method)]
public sealed class DatabaseTheoryAttribute : TheoryAttribute;

/// <summary>Makes the test cases of <see cref="DatabaseTheoryAttribute"/>.</summary>
public sealed class DatabaseTheoryDiscoverer(IMessageSink messages) : TheoryDiscoverer(messages)
{
    /// <inheritdoc/>
    public override IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo theoryAttribute) =>
        testMethod.Method.GetCustomAttributes(typeof(DataAttribute)).Any()
            ? base.Discover(discoveryOptions, testMethod, theoryAttribute)
            : CreateTestCasesForDataRow(discoveryOptions, testMethod, theoryAttribute, []);

    /// <inheritdoc/>
    protected override IEnumerable<IXunitTestCase> CreateTestCasesForDataRow(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo theoryAttribute, object[] dataRow) =>
        DatabaseKinds.All.SelectMany(kind =>
        {
            object[] row = [kind, .. dataRow];
            return DatabaseKinds.SkipReason(kind) is { } reason
                ? CreateTestCasesForSkippedDataRow(discoveryOptions, testMethod, theoryAttribute, row, reason)
                : base.CreateTestCasesForDataRow(discoveryOptions, testMethod, theoryAttribute, row);
        });
}
