namespace Reanchor.Scanning;

/// <summary>An object of the directory that has an address.</summary>
public sealed record AddressOwner(Guid Id, string Name);

/// <summary>Who has an address, by the kind of object: of two kinds only one may be readable.</summary>
public sealed record AddressOwners(
    Reading<IReadOnlyList<AddressOwner>> Users,
    Reading<IReadOnlyList<AddressOwner>> Groups,
    Reading<IReadOnlyList<AddressOwner>> Contacts);
