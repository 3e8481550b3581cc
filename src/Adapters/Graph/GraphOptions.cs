using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Reanchor.Adapters.Graph;

/// <summary>Where Graph is, and the application that Reanchor signs in with.</summary>
public sealed class GraphOptions : GraphApplicationOptions, IValidatableObject
{
    public const string Section = "Graph";

    /// <summary>
    /// <see langword="null"/> for the endpoint of each tenant's cloud. That of one cloud keeps this installation to its tenants; an
    /// address on this machine is for a simulator.
    /// </summary>
    public Uri? Endpoint { get; set; }

    /// <summary>The application that writes; <see langword="null"/> when the one that reads does that too.</summary>
    public GraphApplicationOptions? Writer { get; set; }

    /// <summary>
    /// Where an administrator's browser goes after consent: a redirect address of the application's registration.
    /// <see langword="null"/> for the first one that is registered.
    /// </summary>
    public Uri? ConsentRedirect { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Endpoint is { } endpoint && !(endpoint.IsAbsoluteUri && (endpoint.IsLoopback || GraphCloud.All.Any(c => c.Endpoint == endpoint))))
        {
            yield return Say(nameof(Endpoint),
                $"must be one of {string.Join(", ", GraphCloud.All.Select(c => c.Endpoint.OriginalString))}, or an address on this machine. "
                + "Leave it out, and the cloud of each tenant decides");
        }

        if (ConsentRedirect is { } redirect && !(redirect.IsAbsoluteUri && (redirect.Scheme == Uri.UriSchemeHttps || redirect.IsLoopback)))
        {
            yield return Say(nameof(ConsentRedirect), "must be an https address that is a redirect address of the application's registration");
        }

        var onThisMachine = Endpoint is { IsAbsoluteUri: true, IsLoopback: true };

        foreach (var wrong in Check(Section, onThisMachine))
        {
            yield return wrong;
        }

        foreach (var wrong in Writer?.Check($"{Section}__{nameof(Writer)}", onThisMachine) ?? [])
        {
            yield return wrong;
        }

        if (Writer is { ClientId: { } writer } && string.Equals(writer, ClientId, StringComparison.OrdinalIgnoreCase))
        {
            yield return Say($"{nameof(Writer)}__{nameof(ClientId)}",
                "is the application that reads. Set another one, or leave out all of Graph__Writer to let one application do both");
        }
    }

    private static ValidationResult Say(string member, string what) => new($"{Section}__{member} {what}.", [member]);
}

[OptionsValidator]
public sealed partial class GraphOptionsValidator : IValidateOptions<GraphOptions>;
