using System.Text.Json.Serialization;
using Reanchor.Access;
using Reanchor.Tenants;

namespace Reanchor.Scanning;

/// <summary>One pass over one tenant's users, with its checkpoint. A step returns the next scan; it never edits this one.</summary>
public sealed record Scan
{
    public required ScanId Id { get; init; }

    public required TenantId Tenant { get; init; }

    /// <summary>What was asked for; <see cref="TenantMode.Report"/> never proposes.</summary>
    public required TenantMode Mode { get; init; }

    public required Actor RequestedBy { get; init; }

    public required DateTimeOffset QueuedAt { get; init; }

    /// <summary>Where it was asked for, as a W3C <c>traceparent</c>: work sent again by others belongs to the same trace.</summary>
    public string? TraceParent { get; init; }

    public ScanStatus Status { get; init; } = ScanStatus.Queued;

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When a step of it last came to an end; tells a stalled scan from a slow one.</summary>
    public required DateTimeOffset ProgressAt { get; init; }

    /// <summary>Pages done. A redelivered message goes on from here and cannot fork the scan.</summary>
    public int Page { get; init; }

    /// <summary>Where the next page starts; <see langword="null"/> before the first and after the last.</summary>
    public string? PageLink { get; init; }

    /// <summary>How often it had to start over because a page link was no longer good.</summary>
    public int Rewinds { get; init; }

    /// <summary>All pages are classified; what is left is to check the limits and to propose.</summary>
    public bool Classified { get; init; }

    /// <summary>The directory refused to filter on the anchor, so every unsynced user is read.</summary>
    public bool FilterRefused { get; init; }

    /// <summary>Requests to the directory, retries included.</summary>
    public int Requests { get; init; }

    public int UsersRead { get; init; }

    public IReadOnlyDictionary<Classification, int> Counts { get; init; } = new Dictionary<Classification, int>();

    /// <summary>Why candidates were only reported although proposals were asked for.</summary>
    public string? ReportOnlyBecause { get; init; }

    /// <summary><see langword="null"/> unless it was halted.</summary>
    public HaltKind? HaltKind { get; init; }

    /// <summary>Kept when the scan is resumed.</summary>
    public string? HaltReason { get; init; }

    /// <summary>Who let it go on in spite of the caps; <see langword="null"/> when nobody did.</summary>
    public ScanResumption? Resumption { get; init; }

    /// <summary>The last fault, kept while retries go on; the reason of a failed scan.</summary>
    public string? Fault { get; init; }

    [JsonIgnore]
    public int Candidates => Counts.GetValueOrDefault(Classification.Candidate);

    [JsonIgnore]
    public bool HasEnded => Status is ScanStatus.Completed or ScanStatus.Halted or ScanStatus.Failed;

    public Scan Begin(DateTimeOffset now) =>
        Open() with { Status = ScanStatus.Running, StartedAt = StartedAt ?? now, ProgressAt = now };

    /// <summary>Starts over from the first page, because its link is no longer good.</summary>
    public Scan Rewind(DateTimeOffset now) => Open() with
    {
        Page = 0,
        PageLink = null,
        Rewinds = Rewinds + 1,
        UsersRead = 0,
        Counts = new Dictionary<Classification, int>(),
        ProgressAt = now,
    };

    public Scan WithoutServerFilter() => Open() with { FilterRefused = true };

    public Scan Advance(
        int pages, string? pageLink, int usersRead, IEnumerable<Classification> found, DateTimeOffset now) => Open() with
        {
            Page = Page + pages,
            PageLink = pageLink,
            Classified = pageLink is null,
            UsersRead = UsersRead + usersRead,
            Counts = Counts.Concat(found.CountBy(c => c)).GroupBy(c => c.Key, c => c.Value).ToDictionary(g => g.Key, g => g.Sum()),
            Fault = null,
            ProgressAt = now,
        };

    public Scan Spend(int requests) => this with { Requests = Requests + requests };

    public Scan Note(string fault, DateTimeOffset now) => Open() with { Fault = fault, ProgressAt = now };

    public Scan Complete(string? reportOnlyBecause, DateTimeOffset now) =>
        End(ScanStatus.Completed, now) with { ReportOnlyBecause = reportOnlyBecause };

    public Scan Halt(ScanHalt halt, DateTimeOffset now) =>
        End(ScanStatus.Halted, now) with { HaltKind = halt.Kind, HaltReason = halt.Reason };

    /// <summary>Opens a scan that a cap halted once more, to propose what it found.</summary>
    public Scan Resume(ScanResumption resumption) => this is { Status: ScanStatus.Halted, HaltKind: Scanning.HaltKind.Cap, Resumption: null }
        ? this with { Status = ScanStatus.Queued, EndedAt = null, ProgressAt = resumption.ResumedAt, Resumption = resumption }
        : throw new InvalidOperationException($"Scan {Id} is {Status} and cannot be resumed.");

    public Scan Fail(string reason, DateTimeOffset now) => End(ScanStatus.Failed, now) with { Fault = reason };

    private Scan End(ScanStatus status, DateTimeOffset now) =>
        Open() with { Status = status, EndedAt = now, ProgressAt = now };

    private Scan Open() => HasEnded ? throw new InvalidOperationException($"Scan {Id} is {Status}.") : this;
}
