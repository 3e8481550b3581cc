namespace Reanchor.Clearing;

/// <summary>What a clear has led to. Only the first is a success. Stored by name.</summary>
public enum MatchOutcome
{
    /// <summary>The same user, synced, with exactly the expected anchor.</summary>
    Matched,

    /// <summary>The right user, taken by another on-premises account.</summary>
    OtherAnchor,

    /// <summary>Sync made or matched another user for the on-premises account.</summary>
    OtherUser,

    /// <summary>A deleted user holds the expected anchor: sync restores it instead of matching.</summary>
    OtherUserDeleted,

    /// <summary>Sync made a second user, because this one owns its UPN or address.</summary>
    DuplicateInQuarantine,

    UserDeleted,

    /// <summary>Not synced, and yet the user has an anchor again.</summary>
    SetByHand,

    /// <summary>Still empty at the deadline.</summary>
    NoMatch,

    /// <summary>Accepted by the directory, or sent and never answered, and shown by no read.</summary>
    ClearNotShown,
}
