namespace ProjectConsole.Domain.Resources;

/// <summary>One kind of thing that a project can own.</summary>
/// <param name="Name">Stored and shown in addresses, singular: <c>ip-address</c>.</param>
/// <param name="Plural">The subject of its permissions: <c>ip-addresses</c>.</param>
/// <param name="Title">For people, singular.</param>
/// <param name="PluralTitle">For people, plural.</param>
/// <param name="Group">Under which heading it is listed.</param>
/// <param name="Icon">Name of a Material Symbol.</param>
public sealed record ResourceKind(string Name, string Plural, string Title, string PluralTitle, string Group, string Icon);
