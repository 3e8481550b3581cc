using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Reanchor;

/// <summary>Why a host did not start, when settings are the reason: the sentences of all validators.</summary>
public static partial class RefusedSettings
{
    /// <returns>Nothing when there is another reason.</returns>
    public static IReadOnlyList<string> Of(Exception exception)
    {
        var causes = exception is AggregateException many ? many.Flatten().InnerExceptions : (IReadOnlyList<Exception>)[exception];
        return causes.All(cause => cause is OptionsValidationException)
            ? [.. causes.Cast<OptionsValidationException>().SelectMany(refusal => refusal.Failures).Select(failure => Member().Replace(failure, ""))]
            : [];
    }

    // The generated validators put the member's name before each message, which names the setting already.
    [GeneratedRegex(@"\A\w+(, \w+)*: ")]
    private static partial Regex Member();
}
