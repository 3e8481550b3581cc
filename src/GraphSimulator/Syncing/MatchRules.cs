namespace Reanchor.GraphSimulator;

/// <summary>When Entra lets a directory sync take over a cloud user.</summary>
internal sealed class MatchRules(SimulatedTenant tenant)
{
    private const string ObjectIdentifier = "OnPremisesObjectIdentifier";

    /// <summary>Hard match: the anchor is equal. Null when nothing stands against it.</summary>
    public SyncError? RefusesHardMatch(SimulatedUser user, AdAccount account)
    {
        if (tenant.Features.BlockCloudObjectTakeoverThroughHardMatchEnabled || tenant.HoldsActiveOrEligibleRole(user.Id))
        {
            return new(SyncError.InvalidHardMatch, "Another cloud created object with the same source anchor already exists.", "SourceAnchor");
        }

        return IsMappedToAnother(user, account)
            ? new(SyncError.AttributeUpdateNotAllowed, "Hard match operation blocked due to security hardening.", ObjectIdentifier)
            : null;
    }

    /// <summary>Soft match: UPN or primary SMTP address is equal. Null when nothing stands against it.</summary>
    public SyncError? RefusesSoftMatch(SimulatedUser user, AdAccount account, bool byUpnOnly)
    {
        const string Message = "The attributes associated with this object have values that may already be associated with another object in your local directory services.";
        var attribute = byUpnOnly ? "UserPrincipalName" : "ProxyAddresses";

        if (user.OnPremisesSyncEnabled == true)
        {
            return new(SyncError.AttributeValueMustBeUnique, Message, attribute);
        }

        if (user.OnPremisesImmutableId is not null)
        {
            return account.Sid is not null && user.OnPremisesSecurityIdentifier == account.Sid
                ? new(SyncError.AttributeValueMustBeUnique, Message, "OnPremiseSecurityIdentifier")
                : new(SyncError.InvalidSoftMatch, Message, attribute);
        }

        if (user.OnPremisesSyncEnabled == false && !tenant.Settings.RestoredUsersSoftMatch)
        {
            return new(SyncError.InvalidSoftMatch, Message, attribute);
        }

        if (tenant.HoldsActiveRole(user.Id))
        {
            return new(SyncError.ExistingAdminRoleConflict, "Soft match to a user who holds a directory role is refused.", attribute);
        }

        if (tenant.Settings.ObjectIdentifierBlocksSoftMatch && IsMappedToAnother(user, account))
        {
            return new(SyncError.AttributeUpdateNotAllowed, Message, ObjectIdentifier);
        }

        return tenant.Features.BlockSoftMatchEnabled || (byUpnOnly && !tenant.Features.SoftMatchOnUpnEnabled)
            ? new(SyncError.InvalidSoftMatch, Message, attribute)
            : null;
    }

    /// <summary>Whether a conflict makes a second, quarantined user rather than an export error.</summary>
    public bool Quarantines(bool softMatchIsAllThatFailed) =>
        tenant.Settings.ConflictHandling == ConflictHandling.Quarantine
        || (softMatchIsAllThatFailed && tenant.Features.BlockSoftMatchEnabled);

    private static bool IsMappedToAnother(SimulatedUser user, AdAccount account) =>
        user.OnPremisesObjectIdentifier is { } identifier
        && !identifier.Equals(account.ObjectGuid.ToString(), StringComparison.OrdinalIgnoreCase);
}
