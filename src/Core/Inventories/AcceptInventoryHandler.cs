using Reanchor.Access;
using Reanchor.Auditing;
using Reanchor.Tenants;

namespace Reanchor.Inventories;

/// <summary>What a CSV file does not say of itself.</summary>
public sealed record CsvDescription(InventoryHeader Header, int Count);

/// <param name="Gzip">The sender says that it is compressed.</param>
/// <param name="Csv"><see langword="null"/> for NDJSON.</param>
public sealed record AcceptInventory(
    TenantId Tenant, CollectorId Collector, Stream Content, bool Gzip, CsvDescription? Csv, Actor UploadedBy);

public enum AcceptInventoryOutcome
{
    Accepted,
    TenantNotFound,

    /// <summary>The tenant does not expect this collector.</summary>
    CollectorNotExpected,

    /// <summary>It cannot be read, or breaks a rule. The reasons are kept, the file is not, and the one before stays in force.</summary>
    Refused,

    /// <summary>As <see cref="Refused"/>, because it is larger than the service takes.</summary>
    TooLarge,

    /// <summary>Another upload of the same collector came first.</summary>
    LostRace,
}

/// <param name="Problems">Why not, in words for whoever made the file; empty when accepted.</param>
public sealed record AcceptInventoryResult(
    AcceptInventoryOutcome Outcome, InventoryRecord? Record, IReadOnlyList<InventoryProblem> Problems);

/// <summary>Checks an upload from its first to its last line and puts it in force only when all of it holds.</summary>
public sealed class AcceptInventoryHandler(
    ITenantStore tenants, IInventoryStore inventories, IInventoryArchive archive, IAuditTrail audit, TimeProvider clock)
{
    public async Task<AcceptInventoryResult> HandleAsync(AcceptInventory command, CancellationToken cancellationToken)
    {
        var tenant = (await tenants.FindAsync(command.Tenant, cancellationToken))?.Item;

        if (tenant is null)
        {
            return new(AcceptInventoryOutcome.TenantNotFound, null, []);
        }

        if (!tenant.Collectors.Contains(command.Collector))
        {
            return new(AcceptInventoryOutcome.CollectorNotExpected, null, []);
        }

        // On disk, not in memory, and not yet where a scan could read it.
        await using var file = TemporaryFile.Create(FileOptions.Asynchronous);
        var intake = new InventoryIntake(InventoryLimits.Default, clock, tenant.AnchorAttribute);
        var read = command.Csv is { } csv
            ? await intake.ReadCsvAsync(command.Content, command.Gzip, csv.Header, csv.Count, file, cancellationToken)
            : await intake.ReadNdjsonAsync(command.Content, command.Gzip, file, cancellationToken);

        return await JudgeAsync(tenant, command, read, file, cancellationToken);
    }

    private async Task<AcceptInventoryResult> JudgeAsync(
        Tenant tenant,
        AcceptInventory command,
        InventoryIntakeResult read,
        FileStream file,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var inForce = (await inventories.ListAsync(tenant.Id, cancellationToken))
            .FirstOrDefault(r => r.Item.Collector == command.Collector);

        // Sent again because the first answer was lost: it is in force, and its event may have been lost with the answer.
        if (read.IsAccepted
            && read.Version == inForce?.Item.Version
            && inForce.Item.IsFresh(tenant.Policy, now)
            && tenant.AnchorAttribute.IsListedUnder(inForce.Item.AnchorAttribute))
        {
            // Saved again as well: "upload it again" is the cure for a stored file that is damaged or gone.
            await SaveAsync(inForce.Item, file, cancellationToken);
            return await TellAcceptedAsync(inForce.Item, command.UploadedBy, cancellationToken);
        }

        var broken = InventoryAcceptance.FindReasonsToRefuse(tenant, inForce?.Item, read, now);
        InventoryProblem[] problems = [.. read.Problems, .. broken.Select(b => new InventoryProblem(null, b))];

        return problems.Length > 0
            ? await RefuseAsync(command, read, problems, now, cancellationToken)
            : await PutInForceAsync(command, read, inForce, file, now, cancellationToken);
    }

    private async Task<AcceptInventoryResult> PutInForceAsync(
        AcceptInventory command,
        InventoryIntakeResult read,
        Versioned<InventoryRecord>? inForce,
        FileStream file,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var record = new InventoryRecord
        {
            Tenant = command.Tenant,
            Collector = command.Collector,
            Forest = read.Header!.Forest,
            AnchorAttribute = read.Header.AnchorAttribute,
            TakenAt = read.Header.TakenAt,
            ReceivedAt = now,
            Count = read.Count!.Value,
            Deleted = read.Tally!.Deleted,
            Anchored = read.Tally.Anchored,
            DeletedRead = read.DeletedRead,
            Version = read.Version!,
            UploadedBy = command.UploadedBy.Id,
        };

        await SaveAsync(record, file, cancellationToken);

        return await inventories.TryReplaceAsync(inForce, record, cancellationToken)
            ? await TellAcceptedAsync(record, command.UploadedBy, cancellationToken)
            : new(AcceptInventoryOutcome.LostRace, null, []);
    }

    private Task SaveAsync(InventoryRecord record, FileStream file, CancellationToken cancellationToken)
    {
        file.Position = 0;
        return archive.SaveAsync(record, file, cancellationToken);
    }

    private async Task<AcceptInventoryResult> TellAcceptedAsync(
        InventoryRecord record, Actor uploadedBy, CancellationToken cancellationToken)
    {
        await audit.AppendAsync(
            new InventoryAccepted(new(record.Tenant, record.ReceivedAt, uploadedBy))
            {
                Collector = record.Collector,
                Forest = record.Forest,
                TakenAt = record.TakenAt,
                Count = record.Count,
                DeletedRead = record.DeletedRead,
                Version = record.Version,
            },
            cancellationToken);

        return new(AcceptInventoryOutcome.Accepted, record, []);
    }

    private async Task<AcceptInventoryResult> RefuseAsync(
        AcceptInventory command,
        InventoryIntakeResult read,
        InventoryProblem[] problems,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var refused = new RefusedInventory
        {
            Tenant = command.Tenant,
            Collector = command.Collector,
            ReceivedAt = now,
            UploadedBy = command.UploadedBy.Id,
            Forest = read.Header?.Forest,
            TakenAt = read.Header?.TakenAt,
            Count = read.Count,
            Problems = [.. problems.Select(p => p.ToString())],
        };

        await inventories.AddRefusalAsync(refused, cancellationToken);
        await audit.AppendAsync(
            new InventoryRefused(new(command.Tenant, now, command.UploadedBy))
            {
                Collector = command.Collector,
                Problems = refused.Problems,
            },
            cancellationToken);

        return new(
            read.Refusal is InventoryRefusal.TooLarge ? AcceptInventoryOutcome.TooLarge : AcceptInventoryOutcome.Refused,
            null,
            problems);
    }
}
