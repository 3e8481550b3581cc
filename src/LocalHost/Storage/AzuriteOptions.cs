namespace Reanchor.LocalHost.Storage;

/// <summary>How to run the storage emulator. It always listens on 127.0.0.1 alone.</summary>
public sealed record AzuriteOptions
{
    /// <summary>Folder that keeps the data between runs, made when missing. <see langword="null"/> keeps it in memory until the process ends.</summary>
    public string? Location { get; init; }

    /// <summary>Port of the blob service; 0 takes a free one.</summary>
    public int BlobPort { get; init; }

    /// <summary>Port of the queue service; 0 takes a free one.</summary>
    public int QueuePort { get; init; }

    /// <summary>Port of the table service; 0 takes a free one.</summary>
    public int TablePort { get; init; }

    /// <summary>More accounts than the emulator's own, with the same key. They share no data.</summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];

    /// <summary>Folder under which each version of Azurite is installed once. <see langword="null"/> is the user's own application data.</summary>
    public string? InstallFolder { get; init; }
}
