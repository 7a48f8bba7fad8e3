using System.Reflection;
using System.Text;

namespace ProjectConsole.Features.Documentation;

/// <summary>One part of the documentation. It is a part of the README under the same heading, so that both say the same, and tests run both.</summary>
/// <param name="Slug">Its last part of the address.</param>
/// <param name="Heading">Its heading in the README.</param>
/// <param name="Title">Its name in the list.</param>
public sealed record DocumentationPart(string Slug, string Heading, string Title)
{
    private const string Resource = "README.md";

    // Where the README says the console is.
    private const string SampleAddress = "http://localhost:5080";

    private static readonly Lazy<Dictionary<string, string>> Texts = new(Read);

    /// <summary>All of them, in the order of the list.</summary>
    public static IReadOnlyList<DocumentationPart> All { get; } =
    [
        new("api", "Keys and the API", "Keys and the API"),
        new("command-line", "Command line", "Command line"),
        new("roles", "Roles", "Roles"),
        new("resources", "Resources and limits", "Resources and limits"),
        new("audit", "The audit log, sealed", "The audit log"),
        new("nginx", "nginx in front of an application", "nginx"),
        new("sshd", "sshd on a cluster's host", "sshd"),
    ];

    /// <summary>The part of an address; null where there is none.</summary>
    public static DocumentationPart? Find(string slug) => All.FirstOrDefault(part => part.Slug == slug);

    /// <summary>Markdown, with commands that call this console.</summary>
    /// <param name="root">Where this console is reached; null leaves the README's address.</param>
    public string Text(Uri? root) => root is null ? Texts.Value[Heading] : Texts.Value[Heading].Replace(SampleAddress, root.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal);

    private static Dictionary<string, string> Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource) ?? throw new InvalidOperationException("The README is not in the binary.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var texts = new Dictionary<string, string>();
        var (heading, text, isInFence) = ("", new StringBuilder(), false);
        while (reader.ReadLine() is { } line)
        {
            // Commands have comments that look like headings.
            isInFence ^= line.StartsWith("```", StringComparison.Ordinal);
            if (!isInFence && line.StartsWith("## ", StringComparison.Ordinal))
            {
                texts[heading] = text.ToString();
                (heading, text) = (line["## ".Length..], new StringBuilder());
            }
            else
            {
                text.Append(line).Append('\n');
            }
        }

        texts[heading] = text.ToString();
        return texts;
    }
}
