using System.Reflection;

namespace Reanchor.LocalHost.Hosting;

/// <param name="Name">The function's name.</param>
/// <param name="Method">What to call.</param>
/// <param name="Message">The parameter that takes the message: a string, or a type read from JSON.</param>
/// <param name="QueueName">As the attribute has it, so perhaps with a %Setting% in it.</param>
/// <param name="Connection">Name of the setting that says where the queue is.</param>
public sealed record QueueFunction(string Name, MethodInfo Method, ParameterInfo Message, string QueueName, string Connection)
    : FunctionDefinition(Name, Method);
