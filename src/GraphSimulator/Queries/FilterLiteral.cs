namespace Reanchor.GraphSimulator;

/// <summary>The right-hand side of a comparison. Quoted tells <c>'true'</c> from <c>true</c>.</summary>
internal readonly record struct FilterLiteral(string Text, bool Quoted)
{
    public bool IsNull => !Quoted && Text == "null";
}
