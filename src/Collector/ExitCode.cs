namespace Reanchor.Collector;

/// <summary>What a scheduler may rely on. docs/collector.md lists the same numbers.</summary>
internal enum ExitCode
{
    Done = 0,

    /// <summary>An argument, a setting or a file was refused; trying again changes nothing.</summary>
    InputRefused = 1,

    /// <summary>The directory, or a part of it, could not be read. No inventory was written.</summary>
    DirectoryUnreadable = 2,

    /// <summary>Reanchor answered, and did not take the inventory.</summary>
    InventoryRefused = 3,

    /// <summary>Reanchor did not answer, or not in a way that says anything about the inventory. Worth another try.</summary>
    ReanchorUnreachable = 4,
}
