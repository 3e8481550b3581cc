using System.Reflection;

namespace Reanchor.LocalHost.Hosting;

/// <summary>A method that the engine runs when its trigger fires.</summary>
/// <param name="Name">The name of its [Function] attribute; unique in the assembly.</param>
/// <param name="Method">A public method of a concrete class, or a static one.</param>
public abstract record FunctionDefinition(string Name, MethodInfo Method);
