using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace ProjectConsole.Api;

#pragma warning disable CA1000 // The framework calls these by the type of a handler's parameter.

/// <summary>The JSON body of a call, read strictly.</summary>
public sealed class Body<T> : ICallPart, IEndpointParameterMetadataProvider
    where T : class
{
    private readonly T? _value;
    private readonly Problem? _problem;

    private Body(T? value, Problem? problem) => (_value, _problem) = (value, problem);

    /// <summary>What the body says.</summary>
    public T Value => _value ?? throw new InvalidOperationException("The body was refused.");

    Problem? ICallPart.Problem => _problem;

    /// <summary>Called by the framework for a handler's parameter.</summary>
    public static async ValueTask<Body<T>?> BindAsync(HttpContext context)
    {
        var (value, problem) = await ApiJson.ReadAsync<T>(context);
        return new Body<T>(value, problem);
    }

    /// <summary>Tells the API's document which body the call takes.</summary>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T)));
}
