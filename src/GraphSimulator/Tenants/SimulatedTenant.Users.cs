namespace Reanchor.GraphSimulator;

public sealed partial class SimulatedTenant
{
    /// <summary>A copy of the live users, in the order they were added.</summary>
    public IReadOnlyList<SimulatedUser> Users
    {
        get
        {
            lock (Gate)
            {
                return [.. Directory.Live];
            }
        }
    }

    /// <summary>A copy of the soft-deleted users.</summary>
    public IReadOnlyList<SimulatedUser> DeletedUsers
    {
        get
        {
            lock (Gate)
            {
                return [.. Directory.Deleted];
            }
        }
    }

    public int UserCount
    {
        get
        {
            lock (Gate)
            {
                return Directory.Live.Count;
            }
        }
    }

    /// <exception cref="ArgumentException">Another user has the same UPN or anchor.</exception>
    public SimulatedUser AddUser(SimulatedUser user)
    {
        var added = WithIdentity(user);

        lock (Gate)
        {
            Put(added);
        }

        return added;
    }

    /// <summary>Adds many users at once. <paramref name="expected"/> sizes the indexes beforehand.</summary>
    /// <exception cref="ArgumentException">Another user has the same UPN or anchor.</exception>
    public void AddUsers(IEnumerable<SimulatedUser> users, int expected = 0)
    {
        lock (Gate)
        {
            Directory.Reserve(expected);

            foreach (var user in users)
            {
                Put(WithIdentity(user));
            }
        }
    }

    /// <summary>Puts a user straight among the soft-deleted.</summary>
    public SimulatedUser AddDeletedUser(SimulatedUser user)
    {
        var deleted = AsDeleted(user.Id == Guid.Empty ? user with { Id = Guid.NewGuid() } : user);

        lock (Gate)
        {
            Directory.PutDeleted(deleted);
        }

        return deleted;
    }

    /// <summary>A live user by object id or UPN.</summary>
    public SimulatedUser? FindUser(string idOrUpn)
    {
        lock (Gate)
        {
            return Guid.TryParse(idOrUpn, out var id) ? Directory.Find(id) : Directory.FindByUpn(idOrUpn);
        }
    }

    public SimulatedUser? FindUser(Guid id)
    {
        lock (Gate)
        {
            return Directory.Find(id);
        }
    }

    /// <summary>Changes a live user, past every rule that Graph would apply.</summary>
    /// <exception cref="KeyNotFoundException">There is no such user.</exception>
    public SimulatedUser UpdateUser(Guid id, Func<SimulatedUser, SimulatedUser> change)
    {
        lock (Gate)
        {
            var current = Directory.Find(id) ?? throw new KeyNotFoundException($"Tenant {Id} has no user {id}.");
            var changed = change(current) with { Id = id };
            Put(changed);
            return changed;
        }
    }

    /// <returns><see langword="false"/> if there is no such live user.</returns>
    public bool SoftDeleteUser(Guid id)
    {
        lock (Gate)
        {
            if (Directory.Find(id) is not { } user)
            {
                return false;
            }

            Directory.Remove(id);
            Directory.PutDeleted(AsDeleted(user));
            return true;
        }
    }

    /// <summary>Removes a soft-deleted user for good.</summary>
    public bool HardDeleteUser(Guid id)
    {
        lock (Gate)
        {
            return Directory.RemoveDeleted(id);
        }
    }

    /// <summary>What a deleted user was called: Entra puts the object id before the UPN of a deleted user, to free the name.</summary>
    internal static SimulatedUser AsLive(SimulatedUser deleted)
    {
        var prefix = deleted.Id.ToString("N");
        return deleted with
        {
            DeletedDateTime = null,
            UserPrincipalName = deleted.UserPrincipalName.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
                ? deleted.UserPrincipalName[prefix.Length..]
                : deleted.UserPrincipalName,
        };
    }

    /// <summary>Active role, membership or ownership of a role-assignable group, or a restricted administrative unit.</summary>
    internal bool IsPrivileged(SimulatedUser user)
    {
        lock (Gate)
        {
            return user.IsManagementRestricted
                || HoldsRole(_activeRoles, user.Id)
                || _groups.Exists(group => group.IsAssignableToRole && (group.Members.Contains(user.Id) || group.Owners.Contains(user.Id)));
        }
    }

    internal bool HoldsActiveRole(Guid userId)
    {
        lock (Gate)
        {
            return HoldsRole(_activeRoles, userId);
        }
    }

    internal bool HoldsActiveOrEligibleRole(Guid userId)
    {
        lock (Gate)
        {
            return HoldsRole(_activeRoles, userId) || HoldsRole(_eligibleRoles, userId);
        }
    }

    private bool HoldsRole(List<RoleGrant> grants, Guid userId) =>
        grants.Exists(grant =>
            grant.PrincipalId == userId
            || _groups.Exists(group => group.Id == grant.PrincipalId && group.Members.Contains(userId)));

    private SimulatedUser AsDeleted(SimulatedUser user) => AsLive(user) with
    {
        UserPrincipalName = $"{user.Id:N}{AsLive(user).UserPrincipalName}",
        DeletedDateTime = user.DeletedDateTime ?? Cloud.Clock.GetUtcNow(),
    };

    private SimulatedUser WithIdentity(SimulatedUser user) =>
        user.Id != Guid.Empty && user.CreatedDateTime != default
            ? user
            : user with
            {
                Id = user.Id == Guid.Empty ? Guid.NewGuid() : user.Id,
                CreatedDateTime = user.CreatedDateTime == default ? Cloud.Clock.GetUtcNow() : user.CreatedDateTime,
            };

    private void Put(SimulatedUser user)
    {
        if (!Directory.TryPut(user, out var property))
        {
            throw new ArgumentException($"Another user of tenant {Id} has the same {property} as {user.UserPrincipalName}.", nameof(user));
        }
    }
}
