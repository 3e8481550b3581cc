using System.Collections.Frozen;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Reanchor.Access;
using Reanchor.Functions.Http;

namespace Reanchor.Functions.Access;

/// <summary>The access rule of each HTTP function and the size of its bodies, by the function's name.</summary>
public sealed class FunctionAccess
{
    private readonly FrozenDictionary<string, (AccessRule Rule, long MaxBody)> _rules;

    private FunctionAccess(FrozenDictionary<string, (AccessRule Rule, long MaxBody)> rules) => _rules = rules;

    /// <summary>A function without exactly one rule gets none here, and so admits nobody.</summary>
    public static FunctionAccess Of(IEnumerable<Type> types)
    {
        var rules = new Dictionary<string, (AccessRule, long)>(StringComparer.Ordinal);

        foreach (var (name, method) in HttpFunctions(types))
        {
            if (RuleOf(method) is { } rule && !rules.TryAdd(name, (rule, MaxBodyOf(method))))
            {
                throw new InvalidOperationException($"Two functions are called {name}.");
            }
        }

        return new(rules.ToFrozenDictionary(StringComparer.Ordinal));
    }

    public static FunctionAccess Of(Assembly assembly) => Of(assembly.GetTypes());

    /// <returns>The names of HTTP functions that do not have exactly one of <c>[RequiresRole(...)]</c> and <c>[NoSignIn]</c>.</returns>
    public static IReadOnlyList<string> WithoutRule(IEnumerable<Type> types) =>
        [.. HttpFunctions(types).Where(function => RuleOf(function.Method) is null).Select(function => function.Name)];

    public static IReadOnlyList<(string Name, MethodInfo Method)> HttpFunctions(IEnumerable<Type> types) =>
    [
        .. from type in types
           from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
           let function = method.GetCustomAttribute<FunctionAttribute>()
           where function is not null && method.GetParameters().Any(parameter => parameter.IsDefined(typeof(HttpTriggerAttribute)))
           select (function.Name, method),
    ];

    /// <returns><see langword="null"/> for a function without a rule: deny.</returns>
    public AccessRule? RuleOf(string functionName) => _rules.GetValueOrDefault(functionName).Rule;

    /// <summary>In bytes; 0 for a function without a rule.</summary>
    public long MaxBodyOf(string functionName) => _rules.GetValueOrDefault(functionName).MaxBody;

    private static long MaxBodyOf(MethodInfo method) => method.GetCustomAttribute<MaxBodyAttribute>()?.Bytes ?? MaxBodyAttribute.Default;

    private static AccessRule? RuleOf(MethodInfo method) =>
        (method.GetCustomAttribute<RequiresRoleAttribute>(), method.IsDefined(typeof(NoSignInAttribute))) switch
        {
            ({ AnyOf.Length: > 0 } required, false) => AccessRule.AnyOf(required.AnyOf),
            (null, true) => AccessRule.NoSignIn,
            _ => null,
        };
}
