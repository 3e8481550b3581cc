namespace Reanchor.GraphSimulator;

/// <summary>Template ids of built-in roles, the same in every tenant.</summary>
public static class BuiltInRole
{
    public static readonly Guid GlobalAdministrator = new("62e90394-69f5-4237-9190-012177145e10");
    public static readonly Guid UserAdministrator = new("fe930be7-5e62-47db-91af-98c3a49a38b1");
    public static readonly Guid DirectorySynchronizationAccounts = new("d29b2b05-8046-44ba-8758-1e26182fcf32");
}
