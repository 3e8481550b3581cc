using System.ComponentModel.DataAnnotations;
using Reanchor.Collector.Secrets;
using Reanchor.Collector.Uploading;

namespace Reanchor.Collector.Watching;

/// <summary>Where Reanchor is, and which collector this is.</summary>
internal sealed class ReanchorOptions : IValidatableObject
{
    public const string Section = "Reanchor";

    /// <summary>With the route prefix, such as <c>https://reanchor.example/api</c>.</summary>
    public string? Url { get; set; }

    public string? Tenant { get; set; }

    public string? Collector { get; set; }

    public string? TokenFile { get; set; }

    /// <summary>The name of the environment variable that holds the collector's key.</summary>
    public string? TokenVariable { get; set; }

    private SecretSource Token => new("key", TokenFile, TokenVariable);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ReanchorAddress.FindProblem(Url, Tenant, Collector, out _) is { } problem)
        {
            yield return new($"{Section}:{nameof(Url)}, {nameof(Tenant)} and {nameof(Collector)} must be set: {problem}");
        }

        if (!Token.IsGiven)
        {
            yield return new($"Set {Section}:{nameof(TokenFile)} to a file that holds the collector's key, or {Section}:{nameof(TokenVariable)} to the name of a variable.");
        }
    }

    /// <summary>Reads the key anew, so that a replaced one takes effect without a restart.</summary>
    /// <exception cref="CollectorFailureException">The key cannot be read.</exception>
    public ReanchorClient Connect() =>
        ReanchorAddress.FindProblem(Url, Tenant, Collector, out var address) is { } problem
            ? throw CollectorFailureException.Input(problem)
            : new(address!, Token.Read()!);
}
