using System.Reflection;

namespace Reanchor.LocalHost.Hosting;

/// <param name="Name">The function's name.</param>
/// <param name="Method">What to call.</param>
/// <param name="Route">The route template without the prefix; the function's name when the trigger gives none.</param>
/// <param name="Verbs">HTTP methods in upper case; empty means all of them.</param>
public sealed record HttpFunction(string Name, MethodInfo Method, string Route, IReadOnlyList<string> Verbs) : FunctionDefinition(Name, Method);
