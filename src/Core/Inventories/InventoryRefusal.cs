namespace Reanchor.Inventories;

/// <summary>Why an upload was turned away as a whole.</summary>
public enum InventoryRefusal
{
    /// <summary>It could not be read, or breaks a rule of the format (HTTP 422).</summary>
    Invalid,

    /// <summary>It exceeds <see cref="InventoryLimits"/>, however well formed it may be (HTTP 413).</summary>
    TooLarge,
}
