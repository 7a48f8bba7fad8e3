using System.Text.RegularExpressions;

namespace ProjectConsole.Tests.Architecture;

/// <summary>Rules that only the text of the sources shows.</summary>
public sealed class SourceTests
{
    private const int LongestClass = 250;
    private const int LongestComponent = 150;

    private static readonly IReadOnlyList<Source> Product = Sources.Product;
    private static readonly IReadOnlyList<Source> Tests = Sources.Tests;

    [Theory]
    [InlineData(@"\bDateTime(Offset)?\.(Utc)?Now\b", "the time comes from TimeProvider")]
    [InlineData(@"\bIHttpContextAccessor\b", "a circuit has no request")]
    [InlineData(@"\bTask\.Delay\(|\bThread\.Sleep\(", "waiting hides a race")]
    [InlineData(@"catch \(Exception( \w+)?\)\s*(?!when)\{", "it hides what nobody thought of")]
    [InlineData(@"\bTODO\b|\bFIXME\b|#region", "it is done or it is not")]
    [InlineData(@"RadzenDataGrid", "a circuit pays for each cell")]
    [InlineData(@"void Search\w*\([^)]*\) => Navigation\.", "SearchNavigation leaves open what the next click opens")]
    public void Product_NoFile_Has(string pattern, string because) => AssertNowhere(Product, pattern, because);

    [Fact]
    public void Product_OnlyIcons_AreMarkupMadeOfText() =>
        AssertNowhere(Product, @"\bMarkupString\b|\bAddMarkupContent\((?!\d+, "")", "what people typed would run", "ProjectConsole/Components/Controls/Marks.Icon.cs");

    [Theory]
    [InlineData(@"\bTask\.Delay\(|\bThread\.Sleep\(", "waiting hides a race")]
    [InlineData(@"\bTODO\b|\bFIXME\b|#region", "it is done or it is not")]
    public void Tests_NoFile_Has(string pattern, string because) => AssertNowhere(Tests.Where(file => !file.Path.EndsWith("SourceTests.cs", StringComparison.Ordinal)), pattern, because);

    [Fact]
    public void Features_NoFile_SavesPastTheWriteMethod() => AssertNowhere(
        Product.Where(file => file.Path.StartsWith("ProjectConsole/Features/", StringComparison.Ordinal)),
        @"\.SaveChanges(Async)?\(|BeginTransaction|\.ExecuteDelete(Async)?\(|ExecuteSql",
        "only the write method saves, with decision and audit",
        // Whoever signs in is nobody yet, so there is nothing to decide.
        "ProjectConsole/Features/Account/AccountWriter.cs",
        // Written into an empty database by the program.
        "ProjectConsole/Features/Sample/SampleHistory.cs", "ProjectConsole/Features/Sample/SampleInstallation.cs", "ProjectConsole/Features/Sample/SampleProjects.cs",
        "ProjectConsole/Features/Sample/SampleRoles.cs");

    [Fact]
    public void Facts_AreReadByTheDecisionOnly() => AssertNowhere(
        Product,
        @"\bAccessQueries\b|\bAccessFactRow\b|\bnew AccessFacts\(|\bAccessDecision\.Decide\(",
        "one place reads the facts and asks the one function",
        // The facts, their query, the function, and the place that brings them together.
        "ProjectConsole/Security/AccessQueries.cs", "ProjectConsole/Security/AccessFactRow.cs", "ProjectConsole/Security/AccessControl.cs",
        "ProjectConsole/Security/SecurityServices.cs", "ProjectConsole/Domain/Access/AccessDecision.cs", "ProjectConsole/Domain/Access/AccessFacts.cs",
        // A key's facts are in its own row.
        "ProjectConsole/Security/KeyRow.cs",
        // A team is nobody: what it gives is asked of the same function, over its own grants.
        "ProjectConsole/Security/TeamDecisions.cs",
        // So is whoever accepts an invitation, as long as nobody may learn who they are.
        "ProjectConsole/Security/NewcomerDecisions.cs");

    [Fact]
    public void Decisions_OnTheActor_NeverLeaveOutItsKeyOrToken() => AssertNowhere(
        Product,
        @"\b(InProjectAsync|InOrganizationAsync|InInstallationAsync|VisibleProjectsEverywhereAsync|EnterableOrganizations|OfPairsAsync|OfManyAsync|CheckAsync)\([^;]*\b([aA]ctor\.UserId|actorId|readerId)\b",
        "what somebody may do through a token is less than what they may do",
        "ProjectConsole/Security/AccessControl.cs", "ProjectConsole/Security/AccessControl.Visibility.cs");

    [Fact]
    public void Rows_AreChangedWithoutTheirEntities_WhereThereIsAReason() => AssertNowhere(
        // What differs between databases is theirs: locks, and rows that somebody else may make at the same moment.
        Product.Where(file => !file.Path.StartsWith("ProjectConsole/Data/Providers/", StringComparison.Ordinal)),
        @"\.Execute(Update|Delete)(Async)?\(|\.ExecuteSql",
        "what changes past the change tracker passes the entity's rules, the edit tokens and the audit",
        // AccessVersion, which is raised by the database so that two raise it twice.
        "ProjectConsole/Security/CommandLocks.cs", "ProjectConsole/Security/Command.cs",
        // The head of a sealed chain, by which nodes wait for each other.
        "ProjectConsole/Security/AuditSealer.cs",
        // Counts, and what a person does without changing anything: acts, visits, denied attempts.
        "ProjectConsole/Security/Sessions.cs", "ProjectConsole/Security/ProjectVisits.cs", "ProjectConsole/Security/DeniedAttempts.cs",
        "ProjectConsole/Security/CredentialUses.cs",
        // Wrong passwords, counted by the database; and writes that change nothing, so that time tells nothing.
        "ProjectConsole/Features/Account/SignInService.cs", "ProjectConsole/Features/Account/RegistrationService.cs",
        "ProjectConsole/Features/Account/PasswordService.cs", "ProjectConsole/Features/Account/PasswordTries.cs",
        // Claimed by the database, so that one node sends a mail; and those that were finished long ago.
        "ProjectConsole/Data/MailQueue.cs",
        // Says that a resource of another project was used; its edit token stays.
        "ProjectConsole/Features/Resources/ResourceChanges.cs",
        // Who was in a team that goes; its end is in the log with their names.
        "ProjectConsole/Data/TeamRemoval.cs",
        // Sessions that ended and idempotency keys that were sent long ago.
        "ProjectConsole/Security/SessionPurge.cs", "ProjectConsole/Security/IdempotentCallPurge.cs",
        // What is used, counted by the database so that as many pass as there is room for; and what is in a project that nobody can restore any more.
        "ProjectConsole/Data/Limits/UsageLedger.cs", "ProjectConsole/Security/UsageReconciliation.cs", "ProjectConsole/Data/ProjectRemoval.cs");

    // A transaction saves without savepoints: whoever takes a failure of a save and goes on with it would keep half of that save.
    [Fact]
    public void Saves_ThatFail_AreTakenWhereTheTransactionEnds() => AssertNowhere(
        Product,
        @"catch \(DbUpdate",
        "half of what failed to save would be kept",
        "ProjectConsole/Security/ConsoleWriter.cs", "ProjectConsole/Security/RepeatedCalls.cs", "ProjectConsole/Security/AuditSealer.cs",
        "ProjectConsole/Features/Account/AccountWriter.cs", "ProjectConsole/Features/Sample/SampleInstallation.cs",
        // In no transaction.
        "ProjectConsole/Security/ProjectVisits.cs");

    [Fact]
    public void Lockout_NoQuery_FiltersOrSortsByIt() => AssertNowhere(
        Product,
        @"(Where|Any|All|First|Single|Count|OrderBy|ThenBy)\w*\([^;]*?=>[^;]*?\.LockoutEnd\s*(==|!=|<|>|\)|is )",
        "SQLite cannot compare a DateTimeOffset");

    [Fact]
    public void Lists_NoQuery_PagesByGuid() => AssertNowhere(
        Product.Where(file => file.Path.StartsWith("ProjectConsole/Features/", StringComparison.Ordinal)),
        @"OrderBy(Descending)?\((?!(?:entry|entered)\b)(\w+) => \2\.Id\)|\.Id\.CompareTo\(",
        "SQL Server sorts a uniqueidentifier by its last bytes");

    [Fact]
    public void Classes_AllOfThem_AreShort() => AssertShort(file => !IsComponent(file), LongestClass);

    [Fact]
    public void Components_MarkupAndCodeBehind_AreShort() => AssertShort(IsComponent, LongestComponent);

    [Fact]
    public void Sources_OfBothKinds_AreFound()
    {
        Assert.True(Product.Count > 50);
        Assert.True(Tests.Count > 20);
    }

    private static bool IsComponent(Source file) => file.Path.EndsWith(".razor", StringComparison.Ordinal) || file.Path.EndsWith(".razor.cs", StringComparison.Ordinal);

    private static void AssertShort(Func<Source, bool> which, int longest) =>
        Assert.Empty(Product.Where(file => which(file) && file.Lines > longest).Select(file => $"{file.Path}: {file.Lines}"));

    private static void AssertNowhere(IEnumerable<Source> files, string pattern, string because, params string[] except)
    {
        var expression = new Regex(pattern, RegexOptions.CultureInvariant);
        var found = files.Where(file => !except.Contains(file.Path)).SelectMany(file => expression.Matches(file.Text).Select(match =>
            $"{file.Path}:{file.Text.AsSpan(0, match.Index).Count('\n') + 1}: {match.Value}")).ToList();
        Assert.True(found.Count == 0, $"{because}:\n{string.Join('\n', found)}");
    }
}
