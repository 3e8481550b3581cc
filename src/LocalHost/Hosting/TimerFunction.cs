using System.Reflection;

namespace Reanchor.LocalHost.Hosting;

/// <param name="Name">The function's name.</param>
/// <param name="Method">What to call.</param>
/// <param name="Schedule">NCRONTAB of six fields in UTC, as the attribute has it, so perhaps a %Setting%.</param>
public sealed record TimerFunction(string Name, MethodInfo Method, string Schedule) : FunctionDefinition(Name, Method);
