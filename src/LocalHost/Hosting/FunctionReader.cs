using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;

namespace Reanchor.LocalHost.Hosting;

/// <summary>Reads one method with [Function] and refuses whatever the engine would run differently from the Functions host.</summary>
internal static class FunctionReader
{
    private static readonly Type[] RawMessageTypes = [typeof(byte[]), typeof(BinaryData), typeof(Stream), typeof(object)];

    public static FunctionDefinition Read(MethodInfo method, string name)
    {
        CheckCallable(method, name);
        var triggers = method.GetParameters().Select(parameter => (Parameter: parameter, Trigger: TriggerOf(parameter))).Where(pair => pair.Trigger is not null).ToList();

        if (triggers.Count != 1)
        {
            throw Refused(method, name, $"it has {triggers.Count} trigger parameters and needs exactly one of [HttpTrigger], [QueueTrigger] and [TimerTrigger]");
        }

        return triggers[0].Trigger switch
        {
            HttpTriggerAttribute trigger => ReadHttp(method, name, triggers[0].Parameter, trigger),
            QueueTriggerAttribute trigger => ReadQueue(method, name, triggers[0].Parameter, trigger),
            TimerTriggerAttribute trigger => ReadTimer(method, name, triggers[0].Parameter, trigger),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static Attribute? TriggerOf(ParameterInfo parameter) =>
        parameter.GetCustomAttributes().FirstOrDefault(attribute => attribute is HttpTriggerAttribute or QueueTriggerAttribute or TimerTriggerAttribute);

    private static void CheckCallable(MethodInfo method, string name)
    {
        var type = method.DeclaringType!;

        if (!method.IsPublic || !type.IsVisible)
        {
            throw Refused(method, name, "it and its class must be public");
        }

        if (method.ContainsGenericParameters || type.ContainsGenericParameters || (type.IsAbstract && !method.IsStatic))
        {
            throw Refused(method, name, "it must be an ordinary method of a concrete class");
        }

        if (method.ReturnType == typeof(void) && method.IsDefined(typeof(AsyncStateMachineAttribute)))
        {
            throw Refused(method, name, "it is async void, so nobody would notice its failure; return a Task");
        }
    }

    private static HttpFunction ReadHttp(MethodInfo method, string name, ParameterInfo triggered, HttpTriggerAttribute trigger)
    {
        var route = trigger.Route ?? name;

        if (triggered.ParameterType != typeof(HttpRequest))
        {
            throw Refused(method, name, $"its trigger parameter '{triggered.Name}' must be an HttpRequest");
        }

        if (!typeof(IResult).IsAssignableFrom(ResultTypeOf(method)))
        {
            throw Refused(method, name, "it must return an IResult or a Task of one");
        }

        var routeNames = ParseRoute(method, name, route).Parameters.Select(parameter => parameter.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);

        foreach (var parameter in Others(method, triggered))
        {
            if (parameter.ParameterType != typeof(string) || !routeNames.Contains(parameter.Name!))
            {
                throw Refused(method, name, $"its parameter '{parameter.Name}' is neither a CancellationToken nor a string named in the route '{route}'");
            }
        }

        return new(name, method, route, [.. (trigger.Methods ?? []).Select(verb => verb.ToUpperInvariant())]);
    }

    private static QueueFunction ReadQueue(MethodInfo method, string name, ParameterInfo triggered, QueueTriggerAttribute trigger)
    {
        var type = triggered.ParameterType;

        if (RawMessageTypes.Contains(type) || type.IsByRef || type.IsInterface || type.IsAbstract
            || type.Namespace?.StartsWith("Azure.", StringComparison.Ordinal) == true)
        {
            throw Refused(method, name, $"its message parameter '{triggered.Name}' must be a string or a concrete type that is read from JSON");
        }

        CheckBackground(method, name, triggered);

        // AzureWebJobsStorage is what the Functions host takes when the attribute names nothing.
        return new(name, method, triggered, trigger.QueueName, string.IsNullOrEmpty(trigger.Connection) ? "AzureWebJobsStorage" : trigger.Connection);
    }

    private static TimerFunction ReadTimer(MethodInfo method, string name, ParameterInfo triggered, TimerTriggerAttribute trigger)
    {
        if (triggered.ParameterType != typeof(TimerInfo))
        {
            throw Refused(method, name, $"its trigger parameter '{triggered.Name}' must be a TimerInfo");
        }

        CheckBackground(method, name, triggered);
        return new(name, method, trigger.Schedule);
    }

    private static void CheckBackground(MethodInfo method, string name, ParameterInfo triggered)
    {
        if (method.ReturnType != typeof(void) && method.ReturnType != typeof(Task))
        {
            throw Refused(method, name, "it must return nothing or a Task");
        }

        if (Others(method, triggered).FirstOrDefault() is { } unknown)
        {
            throw Refused(method, name, $"its parameter '{unknown.Name}' is neither its trigger nor a CancellationToken");
        }
    }

    private static IEnumerable<ParameterInfo> Others(MethodInfo method, ParameterInfo triggered) =>
        method.GetParameters().Where(parameter => parameter != triggered && parameter.ParameterType != typeof(CancellationToken));

    private static Type ResultTypeOf(MethodInfo method) =>
        method.ReturnType.IsGenericType && method.ReturnType.GetGenericTypeDefinition() == typeof(Task<>)
            ? method.ReturnType.GenericTypeArguments[0]
            : method.ReturnType;

    private static RoutePattern ParseRoute(MethodInfo method, string name, string route)
    {
        try
        {
            return RoutePatternFactory.Parse(route);
        }
        catch (RoutePatternException exception)
        {
            throw Refused(method, name, $"its route '{route}' cannot be read: {exception.Message}");
        }
    }

    private static InvalidOperationException Refused(MethodInfo method, string name, string why) =>
        new($"The function {name} ({method.DeclaringType!.FullName}.{method.Name}) cannot be hosted: {why}.");
}
