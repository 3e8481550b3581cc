namespace Reanchor.GraphSimulator;

internal enum PropertyKind
{
    Text,
    Boolean,
    Date,
    Collection,
}
