namespace Reanchor.Access;

/// <summary>What a caller may do. The names are the values of Entra app roles in a token's <c>roles</c> claim.</summary>
public enum Role
{
    Read,
    Operate,
    Approve,
    Administer,

    /// <summary>Hands in an approver's decision on that approver's behalf: the approval workflow.</summary>
    Decide,

    /// <summary>Hands in inventories: a collector.</summary>
    Upload,
}
