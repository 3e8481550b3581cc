namespace Reanchor.GraphSimulator;

/// <summary>
/// One cycle: hard match, then soft match, then create, for each account in scope. The caller holds the tenant's lock.
/// Matching is tried only for accounts that are not connected yet.
/// </summary>
internal sealed class SyncCycle
{
    private readonly SimulatedTenant _tenant;
    private readonly DateTimeOffset _now;
    private readonly AddressIndex _index;
    private readonly UserExport _export;
    private readonly MatchRules _rules;
    private readonly List<SyncResult> _results = [];

    public SyncCycle(SimulatedTenant tenant)
    {
        _tenant = tenant;
        _now = tenant.Cloud.Clock.GetUtcNow();
        _index = new(tenant.Directory, tenant.Forests.SelectMany(forest => forest.Accounts));
        _export = new(tenant, _index, _now);
        _rules = new(tenant);
    }

    public SyncReport Run()
    {
        var accounts = _tenant.Forests.SelectMany(forest => forest.Accounts.Select(account => (forest, account))).ToList();

        foreach (var (forest, account) in accounts.Where(pair => pair.account.Deleted || !pair.account.InScope))
        {
            Withdraw(forest, account);
        }

        foreach (var (forest, account) in accounts.Where(pair => !pair.account.Deleted && pair.account.InScope))
        {
            Export(forest, account);
        }

        _tenant.OnPremisesLastSyncDateTime = _now;
        return new() { FinishedAt = _now, Results = _results };
    }

    /// <summary>The same for one account, which is neither deleted nor out of scope.</summary>
    public SyncResult RunFor(AdForest forest, AdAccount account)
    {
        Export(forest, account);
        return _results[^1];
    }

    private void Withdraw(AdForest forest, AdAccount account)
    {
        var anchor = account.AnchorBy(_tenant.Settings.AnchorAttribute);
        var user = _tenant.Connections.Remove(account.ObjectGuid, out var connection) ? _tenant.Directory.Find(connection.UserId)
            : anchor is null ? null
            : _tenant.Directory.FindByAnchor(anchor);

        if (user is { OnPremisesSyncEnabled: true, IsCloudManaged: false })
        {
            _tenant.SoftDeleteUser(user.Id);
            Report(SyncOutcome.SoftDeleted, forest, account, user.Id);
        }
    }

    private void Export(AdForest forest, AdAccount account)
    {
        if (account.AnchorBy(_tenant.Settings.AnchorAttribute) is not { } anchor)
        {
            Fail(forest, account, null, new(SyncError.SourceAnchorChanged, "The attribute that the anchor is made from is empty."));
            return;
        }

        if (_tenant.Connections.TryGetValue(account.ObjectGuid, out var connection)
            && _tenant.Directory.Find(connection.UserId) is { OnPremisesSyncEnabled: true } connected)
        {
            if (connection.Anchor == anchor)
            {
                Write(SyncOutcome.Updated, forest, account, connected, connected.OnPremisesImmutableId!);
            }
            else
            {
                Fail(forest, account, connected, new(SyncError.SourceAnchorChanged, "SourceAnchor attribute has changed."));
            }
        }
        else if (_tenant.Directory.FindByAnchor(anchor) is { } holder)
        {
            HardMatch(forest, account, holder, anchor);
        }
        else if (_tenant.Directory.FindDeletedByAnchor(anchor) is { } deleted)
        {
            Restore(forest, account, deleted, anchor);
        }
        else
        {
            SoftMatchOrCreate(forest, account, anchor);
        }
    }

    private void HardMatch(AdForest forest, AdAccount account, SimulatedUser user, string anchor)
    {
        if (user.IsCloudManaged)
        {
            Report(SyncOutcome.CloudManaged, forest, account, user.Id);
        }
        else if (user.OnPremisesSyncEnabled == true)
        {
            Write(SyncOutcome.Updated, forest, account, user, anchor);
        }
        else if (_rules.RefusesHardMatch(user, account) is { } error)
        {
            Fail(forest, account, user, error);
        }
        else
        {
            Write(SyncOutcome.HardMatched, forest, account, user, MatchedAnchor(account, anchor));
        }
    }

    private void Restore(AdForest forest, AdAccount account, SimulatedUser deleted, string anchor)
    {
        if (_rules.RefusesHardMatch(deleted, account) is { } error)
        {
            Fail(forest, account, deleted, error);
            return;
        }

        _tenant.Directory.RemoveDeleted(deleted.Id);

        // The name may have been taken meanwhile; the export then finds another.
        Write(SyncOutcome.Restored, forest, account, SimulatedTenant.AsLive(deleted) with { UserPrincipalName = "" }, anchor);
    }

    private void SoftMatchOrCreate(AdForest forest, AdAccount account, string anchor)
    {
        var byUpn = _tenant.Directory.FindByUpn(_export.WantedUpn(account));
        var byAddress = _index.PrimaryHolder(account.PrimaryAddress);
        var created = new SimulatedUser { Id = Guid.NewGuid(), UserPrincipalName = "", CreatedDateTime = _now };

        if ((byUpn ?? byAddress) is not { } candidate)
        {
            var inTheWay = Addresses.All(account.UserPrincipalName, account.Mail, account.ProxyAddresses)
                .Select(address => _index.OtherHolder(address, Guid.Empty))
                .FirstOrDefault(user => user is not null);

            if (inTheWay is null)
            {
                Write(SyncOutcome.Created, forest, account, created, anchor);
                return;
            }

            Conflict(forest, account, inTheWay, created, anchor, NotUnique("ProxyAddresses"), onlySoftMatchBlocked: false);
            return;
        }

        var isSplit = byUpn is not null && byAddress is not null && byUpn.Id != byAddress.Id;
        var error = isSplit ? NotUnique("UserPrincipalName") : _rules.RefusesSoftMatch(candidate, account, byAddress is null);

        if (error is null)
        {
            Write(SyncOutcome.SoftMatched, forest, account, candidate, MatchedAnchor(account, anchor));
            return;
        }

        Conflict(forest, account, candidate, created, anchor, error, onlySoftMatchBlocked: !isSplit);
    }

    private void Conflict(
        AdForest forest, AdAccount account, SimulatedUser inTheWay, SimulatedUser created, string anchor, SyncError error, bool onlySoftMatchBlocked)
    {
        if (_rules.Quarantines(onlySoftMatchBlocked))
        {
            Write(SyncOutcome.Quarantined, forest, account, created, anchor);
        }
        else
        {
            Fail(forest, account, inTheWay, error);
        }
    }

    private void Write(SyncOutcome outcome, AdForest forest, AdAccount account, SimulatedUser user, string anchor)
    {
        var written = _export.Apply(user, account, forest.Name, anchor);

        if (!_tenant.Directory.TryPut(written, out var property))
        {
            Fail(forest, account, user, NotUnique(property));
            return;
        }

        _index.Add(written);
        _tenant.Connections[account.ObjectGuid] = new(written.Id, account.AnchorBy(_tenant.Settings.AnchorAttribute)!);
        Report(outcome, forest, account, written.Id);

        if (_tenant.Settings.WritesConsistencyGuidBack
            && account.ConsistencyGuid is null
            && _tenant.Settings.AnchorAttribute.Equals("ms-DS-ConsistencyGuid", StringComparison.OrdinalIgnoreCase))
        {
            forest.UpdateAccount(account.ObjectGuid, current => current with { ConsistencyGuid = current.ObjectGuid });
        }
    }

    // A fault may ask for a wrong value: the GUID's bytes in network order, the mistake scripts make.
    private string MatchedAnchor(AdAccount account, string anchor) =>
        _tenant.Cloud.Faults.StrikesAnchor(_tenant.Id)
            ? Convert.ToBase64String((account.ConsistencyGuid ?? account.ObjectGuid).ToByteArray(bigEndian: true))
            : anchor;

    private static SyncError NotUnique(string attribute) =>
        new(SyncError.AttributeValueMustBeUnique, "Another object in the directory has the same value.", attribute);

    private void Fail(AdForest forest, AdAccount account, SimulatedUser? user, SyncError error) =>
        Report(SyncOutcome.Failed, forest, account, user?.Id, error);

    private void Report(SyncOutcome outcome, AdForest forest, AdAccount account, Guid? userId, SyncError? error = null) =>
        _results.Add(new()
        {
            Outcome = outcome,
            Forest = forest.Name,
            ObjectGuid = account.ObjectGuid,
            UserPrincipalName = account.UserPrincipalName,
            UserId = userId,
            Error = error,
        });
}
