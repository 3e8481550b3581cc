using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Reanchor.LocalHost.Hosting;

/// <summary>All functions of an assembly, as their attributes describe them.</summary>
public sealed class FunctionCatalog
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private FunctionCatalog(IReadOnlyList<FunctionDefinition> all) => All = all;

    public IReadOnlyList<FunctionDefinition> All { get; }

    public IEnumerable<HttpFunction> Http => All.OfType<HttpFunction>();

    public IEnumerable<QueueFunction> Queues => All.OfType<QueueFunction>();

    public IEnumerable<TimerFunction> Timers => All.OfType<TimerFunction>();

    /// <exception cref="InvalidOperationException">A function cannot be hosted; the message says which and why.</exception>
    public static FunctionCatalog Read(Assembly assembly) => Read(assembly.GetTypes());

    /// <inheritdoc cref="Read(Assembly)"/>
    public static FunctionCatalog Read(IEnumerable<Type> types)
    {
        var functions = types
            .SelectMany(type => type.GetMethods(Declared))
            .Select(method => (Method: method, Function: method.GetCustomAttribute<FunctionAttribute>()))
            .Where(found => found.Function is not null)
            .Select(found => FunctionReader.Read(found.Method, found.Function!.Name))
            .ToList();

        RefuseSharedNames(functions);
        RefuseSharedRoutes(functions.OfType<HttpFunction>());
        return new(functions);
    }

    private static void RefuseSharedNames(List<FunctionDefinition> functions)
    {
        // The Functions host compares names without regard to case.
        foreach (var same in functions.GroupBy(function => function.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
        {
            throw new InvalidOperationException(
                $"Several functions are named {same.Key}: {string.Join(", ", same.Select(PlaceOf))}. Give each a name of its own.");
        }
    }

    private static void RefuseSharedRoutes(IEnumerable<HttpFunction> functions)
    {
        var routes = functions.SelectMany(function => function.Verbs.DefaultIfEmpty("any method").Select(verb => (Key: $"{verb} {function.Route}", Function: function)));

        foreach (var same in routes.GroupBy(route => route.Key, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
        {
            throw new InvalidOperationException(
                $"Several functions answer {same.Key}: {string.Join(", ", same.Select(route => PlaceOf(route.Function)))}. Give each a route of its own.");
        }
    }

    private static string PlaceOf(FunctionDefinition function) => $"{function.Method.DeclaringType!.FullName}.{function.Method.Name}";
}
