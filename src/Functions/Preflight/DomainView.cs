namespace Reanchor.Functions.Preflight;

public sealed record DomainView(string Domain, bool Federated);
