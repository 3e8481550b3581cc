using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Reanchor.LocalHost.Hosting;

/// <summary>Calls a function on an instance from the given scope.</summary>
internal static class FunctionInvocation
{
    /// <param name="function">What to call.</param>
    /// <param name="services">The scope of this one call.</param>
    /// <param name="bind">Gives the value of each parameter but the <see cref="CancellationToken"/>.</param>
    /// <param name="cancellationToken">Handed to the function.</param>
    /// <returns>What the function returned, or <see langword="null"/> from one that returns nothing.</returns>
    public static async Task<object?> InvokeAsync(
        FunctionDefinition function, IServiceProvider services, Func<ParameterInfo, object?> bind, CancellationToken cancellationToken)
    {
        var method = function.Method;
        var arguments = Array.ConvertAll(
            method.GetParameters(),
            parameter => parameter.ParameterType == typeof(CancellationToken) ? cancellationToken : bind(parameter));
        var instance = method.IsStatic ? null : services.GetRequiredService(method.DeclaringType!);
        var returned = method.Invoke(instance, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);

        if (returned is not Task task)
        {
            return returned;
        }

        await task;

        // The declared type decides: at run time a plain Task may be a Task of something internal.
        return method.ReturnType.IsGenericType ? method.ReturnType.GetProperty(nameof(Task<>.Result))!.GetValue(task) : null;
    }
}
