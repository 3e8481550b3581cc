namespace Reanchor.Scanning;

/// <summary>The directory does not take <c>onPremisesImmutableId ne null</c>; its capability table does not list it.</summary>
public sealed class AnchorFilterRefusedException(string message) : Exception(message);
