namespace Reanchor.Diagnosis;

public enum HardMatchAdvice
{
    /// <summary>Nothing speaks against it. Whether it is better than the clear is for a person to say.</summary>
    Possible,

    NotAdvisable,

    /// <summary>Something that must be known could not be found out.</summary>
    Unknown,
}
