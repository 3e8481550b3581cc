namespace Reanchor.Collector.Directories;

/// <summary>A domain of the forest, as the forest's configuration lists it.</summary>
/// <param name="NamingContext">Its distinguished name.</param>
/// <param name="DnsName">Such as <c>corp.example</c>.</param>
internal sealed record ForestDomain(string NamingContext, string DnsName);
