using Microsoft.Graph;
using Reanchor.Tenants;

namespace Reanchor.Adapters.Graph;

/// <summary>The Graph client of one tenant. What it sends passes <see cref="ThrottleHandler"/>, the one place that decides about retries.</summary>
/// <param name="Endpoint">Without a version and without a slash at the end.</param>
/// <param name="Throttle">What those requests wait for.</param>
internal sealed record GraphTenantClient(TenantId Tenant, string Endpoint, GraphServiceClient Graph, TenantThrottle Throttle);
