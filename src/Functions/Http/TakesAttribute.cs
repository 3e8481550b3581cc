namespace Reanchor.Functions.Http;

/// <summary>Beside <c>[Function]</c> on an HTTP function: the body that it takes. The API's description is made of it.</summary>
/// <param name="body">The type of the JSON; <see langword="null"/> for a body that is none.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TakesAttribute(Type? body) : Attribute
{
    public Type? Body { get; } = body;

    /// <summary>Its media types, when it is no JSON.</summary>
    public string[] As { get; init; } = [];

    /// <summary>It may be left out.</summary>
    public bool Optional { get; init; }
}
