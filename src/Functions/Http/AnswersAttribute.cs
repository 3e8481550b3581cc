namespace Reanchor.Functions.Http;

/// <summary>Beside <c>[Function]</c> on an HTTP function: what it answers when it does as asked. The API's description is made of it.</summary>
/// <param name="body">The type of the JSON; <see langword="null"/> for an answer without a body.</param>
/// <param name="statuses">Left out, 200.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AnswersAttribute(Type? body, params int[] statuses) : Attribute
{
    public Type? Body { get; } = body;

    public IReadOnlyList<int> Statuses { get; } = statuses.Length == 0 ? [200] : statuses;

    /// <summary>The other media types that it can be had in, or the only ones without <see cref="Body"/>.</summary>
    public string[] Also { get; init; } = [];
}
