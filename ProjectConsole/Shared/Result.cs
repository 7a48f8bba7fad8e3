using System.Diagnostics.CodeAnalysis;

namespace ProjectConsole.Shared;

/// <summary>The outcome of a command that answers nothing but whether it was done.</summary>
public sealed class Result
{
    private Result(Error? error) => Error = error;

    /// <summary>It was done.</summary>
    public static Result Ok { get; } = new(null);

    /// <summary>Why it was refused; null when it was done.</summary>
    public Error? Error { get; }

    /// <summary>Whether it was done.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Error is null;

    /// <summary>The same outcome, with a value where it was done.</summary>
    public Result<T> With<T>(T value) => Succeeded ? value : Error;

    /// <summary>Wraps a refusal.</summary>
    public static implicit operator Result(Error error) => new(error);
}

/// <summary>The outcome of a command or read that answers a value.</summary>
public sealed class Result<T>
{
    private readonly T? _value;

    private Result(T? value, Error? error)
    {
        _value = value;
        Error = error;
    }

    /// <summary>Why it was refused; null when it was done.</summary>
    public Error? Error { get; }

    /// <summary>Whether it was done.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Error is null;

    /// <summary>The answer.</summary>
    /// <exception cref="InvalidOperationException">It was refused.</exception>
    public T Value => Error is null ? _value! : throw new InvalidOperationException(Error.Message);

    /// <summary>The same outcome with another value.</summary>
    public Result<TOther> Map<TOther>(Func<T, TOther> map) => Succeeded ? map(Value) : Error;

    /// <summary>Wraps an answer.</summary>
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>Wraps a refusal.</summary>
    public static implicit operator Result<T>(Error error) => new(default, error);
}
