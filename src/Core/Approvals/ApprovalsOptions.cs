using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Reanchor.Tenants;

namespace Reanchor.Approvals;

/// <summary>Which workflows ask for approvals, and whom Reanchor calls back.</summary>
public sealed class ApprovalsOptions : IValidatableObject
{
    public const string Section = "Approvals";

    /// <summary>The addresses of the workflows' triggers, by name. A tenant's policy picks one by its name and can name no address.</summary>
    public Dictionary<string, string> Workflows { get; set; } = [];

    /// <summary>The audience of the token that starts a workflow: what its trigger's authorization policy asks for.</summary>
    public string Audience { get; set; } = "";

    /// <summary>The user-assigned identity that starts workflows; empty for the host's own.</summary>
    public string ManagedIdentityClientId { get; set; } = "";

    /// <summary>Where people decide, for the link in the mail.</summary>
    public string ConsoleAddress { get; set; } = "";

    /// <summary>How long a scan's proposals may take to arrive, before they are put together. Looked at twice.</summary>
    public TimeSpan BatchDelay { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Hosts that may be called back, separated by commas; one that starts with a dot stands for all below it.</summary>
    public string CallbackHosts { get; set; } = ".logic.azure.com, .logic.azure.us, .logic.azure.cn";

    /// <summary>Workflows and callbacks on this very machine, without https and without a token: for trying things out.</summary>
    public bool AllowLoopback { get; set; }

    /// <returns><see langword="null"/> when no such workflow is set.</returns>
    public Uri? WorkflowOf(TenantPolicy policy) => Workflows.TryGetValue(policy.ApprovalWorkflow, out var address) ? new(address) : null;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, address) in Workflows)
        {
            if (WrongWith(address) is { } wrong)
            {
                yield return new($"{Section}__{nameof(Workflows)}__{name} {wrong}.", [nameof(Workflows)]);
            }
        }

        if (Workflows.Count > 0 && Audience.Length == 0 && !Workflows.Values.All(IsAllowedLoopback))
        {
            yield return Say(
                nameof(Audience),
                "is not set. Set it to the audience that the workflow's authorization policy asks for; a token for anything else does not start it");
        }

        if (Workflows.Count > 0 && !IsAllowedLoopback(ConsoleAddress) && !(Uri.TryCreate(ConsoleAddress, UriKind.Absolute, out var console) && console.Scheme == Uri.UriSchemeHttps))
        {
            yield return Say(nameof(ConsoleAddress), "must be the https address at which approvers open the console: mails link to it");
        }

        if (BatchDelay <= TimeSpan.Zero || BatchDelay > TimeSpan.FromHours(1))
        {
            yield return Say(nameof(BatchDelay), "must be positive and at most one hour. Use a value such as \"00:01:00\"");
        }
    }

    private string? WrongWith(string address) =>
        !Uri.TryCreate(address, UriKind.Absolute, out var uri) ? "is not an address"
        : uri.Query.Split('?', '&').Any(part => part.StartsWith("sig=", StringComparison.OrdinalIgnoreCase) || part.StartsWith("sp=", StringComparison.OrdinalIgnoreCase))
            ? "holds a shared access signature, with which anyone could start the workflow. Set the address without sp, sv and sig; Reanchor signs in with a token instead"
        : uri.UserInfo.Length + uri.Fragment.Length > 0 ? "may hold no user name, password or fragment"
        : uri.Scheme != Uri.UriSchemeHttps && !IsAllowedLoopback(address) ? "must be an https address"
        : null;

    private bool IsAllowedLoopback(string address) => AllowLoopback && Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsLoopback;

    private static ValidationResult Say(string member, string what) => new($"{Section}__{member} {what}.", [member]);
}

[OptionsValidator]
public sealed partial class ApprovalsOptionsValidator : IValidateOptions<ApprovalsOptions>;
