using ProjectConsole.Domain.Projects;

namespace ProjectConsole.Tests.Domain.Projects;

public sealed class MarkdownNestingTests
{
    public static TheoryData<string> Deep =>
    [
        new string('>', 21),
        string.Concat(Enumerable.Repeat("> ", 5_000)) + "a",
        string.Concat(Enumerable.Repeat("- ", 21)) + "a",
        string.Concat(Enumerable.Repeat("1. ", 21)) + "a",
        string.Concat(Enumerable.Repeat("> - ", 11)) + "a",
        new string(' ', 84) + "- a",
        new string('[', 51),
        new string('*', 51),
        string.Concat(Enumerable.Repeat("![a", 51)),
        string.Concat(Enumerable.Repeat("*a ", 51)) + string.Concat(Enumerable.Repeat("a* ", 51)),
        string.Concat(Enumerable.Repeat("*a **b ", 30)) + string.Concat(Enumerable.Repeat("b** a* ", 30)),
        string.Concat(Enumerable.Repeat("_a\n", 51)) + string.Concat(Enumerable.Repeat("a_\n", 51)),
    ];

    public static TheoryData<string> Ordinary =>
    [
        "",
        "# Title\n\n- a\n  - b\n    - c\n\n> quote\n> > inner\n\n1. one\n2. two",
        string.Concat(Enumerable.Repeat("**bold** and *slanted*, `code`, [link](https://example.test), snake_case_name\n", 100)),
        string.Concat(Enumerable.Repeat("- [ ] *a* task\n", 100)),
        string.Concat(Enumerable.Repeat("    char *a = b[i] * 2;\n", 100)),
        new string('-', 80),
        string.Concat(Enumerable.Repeat(@"\*\[", 100)),
    ];

    [Theory]
    [MemberData(nameof(Deep))]
    public void DocumentationError_NestedTooDeep_IsRefused(string markdown) =>
        Assert.StartsWith("Documentation nests too deep", ProjectDetails.DocumentationError(markdown), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Ordinary))]
    public void DocumentationError_AsPeopleWrite_IsNull(string markdown) => Assert.Null(ProjectDetails.DocumentationError(markdown));
}
