namespace Reanchor.Functions.Http;

/// <summary>Beside <c>[Function]</c> on an HTTP function: a part of the query string that it reads. The API's description is made of it.</summary>
/// <param name="name">As it is written in the address.</param>
/// <param name="type">An enum for one of its members; <see cref="int"/>, <see cref="DateTimeOffset"/>, <see cref="Guid"/>, or <see cref="string"/>.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class AsksAttribute(string name, Type type) : Attribute
{
    public string Name { get; } = name;

    public Type Type { get; } = type;
}
