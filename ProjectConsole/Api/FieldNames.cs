using ProjectConsole.Shared;

namespace ProjectConsole.Api;

/// <summary>Calls the fields of a refusal what the caller's body calls them, where a form calls them something else.</summary>
public static class FieldNames
{
    /// <summary>The same result with other names.</summary>
    public static Result<T> Named<T>(this Result<T> result, params (string Form, string Body)[] names) =>
        result.Error is Invalid wrong
            ? new Invalid([.. wrong.Fields.Select(field => Array.Find(names, name => name.Form == field.Field) is { Body: { } body } ? field with { Field = body } : field)])
            : result;
}
