namespace Reanchor.Functions.Access;

/// <summary>Beside <c>[Function]</c> on an HTTP function: open to all.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NoSignInAttribute : Attribute;
