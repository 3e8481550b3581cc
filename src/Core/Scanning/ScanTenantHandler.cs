using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Reanchor.Queueing;
using Reanchor.Tenants;

namespace Reanchor.Scanning;

/// <summary>Scans one tenant, batch after batch, from wherever its checkpoint stands.</summary>
public sealed class ScanTenantHandler(
    ITenantStore tenants,
    IScanStore scans,
    IFindingStore findings,
    IDirectoryReader directory,
    UserAssessor assessor,
    ScanConclusion conclusion,
    ICommandQueue queue,
    IOptions<ScanOptions> options,
    TimeProvider clock,
    ILogger<ScanTenantHandler> logger)
{
    private const int MaxRewinds = 3;

    // Without the server's filter most pages hold no leftover; a checkpoint must come all the same.
    private const int MaxPagesPerBatch = 50;

    // Scans that failed half-way say nothing about who is gone.
    private const int ScansLookedBack = 20;

    public async Task<ScanOutcome> HandleAsync(ScanTenant command, CancellationToken cancellationToken)
    {
        var found = await scans.FindAsync(command.Tenant, command.Scan, cancellationToken);

        if (found is null)
        {
            return ScanOutcome.Unknown;
        }

        if (found.Item.HasEnded)
        {
            return await conclusion.SettleAsync(found.Item, cancellationToken);
        }

        var tenant = (await tenants.FindAsync(command.Tenant, cancellationToken))?.Item;

        if (tenant is not { Enabled: true })
        {
            return await conclusion.FailAsync(found, "The tenant is no longer registered, or is disabled.", cancellationToken);
        }

        return await ScanAsync(tenant, found, cancellationToken);
    }

    private async Task<ScanOutcome> ScanAsync(
        Tenant tenant, Versioned<Scan> found, CancellationToken cancellationToken)
    {
        using var meter = RequestMeter.Start();
        RequestPriority.Lower();
        var deadline = clock.GetUtcNow() + options.Value.SoftDeadline;
        var current = await scans.TryUpdateAsync(found, found.Item.Begin(clock.GetUtcNow()), cancellationToken);
        var spent = 0;

        try
        {
            if (current is null)
            {
                return ScanOutcome.Overtaken;
            }

            var facts = await directory.ReadTenantFactsAsync(tenant, cancellationToken);
            var seenSince = await LastWholeScanAsync(current.Item, cancellationToken);

            while (!current.Item.Classified)
            {
                var advanced = await AdvanceAsync(tenant, current.Item, facts, seenSince, cancellationToken);
                var moved = await scans.TryUpdateAsync(current, advanced.Spend(meter.Count - spent), cancellationToken);

                if (moved is null)
                {
                    return ScanOutcome.Overtaken;
                }

                (current, spent) = (moved, meter.Count);
                logger.ScanAdvanced(tenant.Id, current.Item.Id, current.Item.Page, current.Item.UsersRead);

                if (!current.Item.Classified && clock.GetUtcNow() >= deadline)
                {
                    await queue.SendAsync(ScanTenant.Of(current.Item), TimeSpan.Zero, cancellationToken);
                    return ScanOutcome.Continues;
                }
            }

            return await conclusion.ConcludeAsync(
                tenant, current with { Item = current.Item.Spend(meter.Count - spent) }, facts, cancellationToken);
        }
        catch (DirectoryUnavailableException ex) when (ex.NeedsRepair)
        {
            return await conclusion.FailAsync(current! with { Item = current!.Item.Spend(meter.Count - spent) }, ex.Message, cancellationToken);
        }
        catch (DirectoryUnavailableException ex)
        {
            // Kept on the scan, so that a scan given up after the last retry can say why. The queue retries.
            await scans.TryUpdateAsync(
                current!, current!.Item.Spend(meter.Count - spent).Note(ex.Message, clock.GetUtcNow()), cancellationToken);

            if (ex.RetryAfter is { } asked && current.Item.Page > found.Item.Page)
            {
                // It got on since this message came, so what it waits from now on is counted anew.
                var deferral = Deferral.First(clock.GetUtcNow());
                await queue.SendAsync(
                    ScanTenant.Of(current.Item) with { Deferral = deferral }, deferral.Delay(asked), cancellationToken);
                return ScanOutcome.Continues;
            }

            throw;
        }
    }

    /// <returns>When the last scan before this one that read every user began; the earliest of times if there is none, the
    /// latest if there is none among those looked back at: then no sighting is known to be in a row with this one.</returns>
    private async Task<DateTimeOffset> LastWholeScanAsync(Scan scan, CancellationToken cancellationToken)
    {
        var recent = await scans.ListAsync(scan.Tenant, ScansLookedBack, continuation: null, cancellationToken);
        return recent.Items.FirstOrDefault(s => s.Classified && s.Id != scan.Id)?.StartedAt
            ?? (recent.Next is null ? DateTimeOffset.MinValue : DateTimeOffset.MaxValue);
    }

    /// <summary>Reads pages until there is a batch to judge, judges it, and returns the scan one checkpoint on.</summary>
    private async Task<Scan> AdvanceAsync(
        Tenant tenant, Scan scan, TenantFacts facts, DateTimeOffset seenSince, CancellationToken cancellationToken)
    {
        var users = new List<CloudUser>();
        var (pages, usersRead, link) = (0, 0, scan.PageLink);

        try
        {
            do
            {
                var page = await directory.ReadAnchoredUsersAsync(tenant, link, !scan.FilterRefused, cancellationToken);
                users.AddRange(page.Users);
                (pages, usersRead, link) = (pages + 1, usersRead + page.UsersRead, page.Next);
            }
            while (link is not null && users.Count < options.Value.BatchSize && pages < MaxPagesPerBatch);
        }
        catch (AnchorFilterRefusedException) when (!scan.FilterRefused)
        {
            logger.AnchorFilterRefused(tenant.Id, scan.Id);
            return scan.WithoutServerFilter();
        }
        catch (PageExpiredException ex)
        {
            if (scan.Rewinds >= MaxRewinds)
            {
                throw new DirectoryUnavailableException($"The directory's page links keep expiring. {ex.Message}", ex);
            }

            logger.PageExpired(tenant.Id, scan.Id, scan.Page + pages);
            return scan.Rewind(clock.GetUtcNow());
        }

        var batch = await assessor.AssessAsync(tenant, scan.Id, facts, users, seenSince, cancellationToken);
        await findings.SaveAsync(tenant.Id, [.. batch.Select(f => f with { Pass = scan.Rewinds })], cancellationToken);
        return scan.Advance(pages, link, usersRead, batch.Select(f => f.Classification), clock.GetUtcNow());
    }
}
