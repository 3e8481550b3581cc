namespace Reanchor.GraphSimulator;

public enum FaultKind
{
    /// <summary>429, with Retry-After when the fault gives one.</summary>
    TooManyRequests,

    /// <summary>503, with Retry-After when the fault gives one.</summary>
    ServiceUnavailable,

    /// <summary>502, which asks for nothing.</summary>
    BadGateway,

    /// <summary>The connection is cut before anything is done.</summary>
    CutBefore,

    /// <summary>The request is carried out, then the connection is cut: the answer is lost.</summary>
    CutAfter,

    /// <summary>The answer comes late.</summary>
    Delay,

    /// <summary>The next sync writes a wrong anchor onto a user that it matches.</summary>
    WrongAnchor,
}
