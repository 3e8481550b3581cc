using Microsoft.Graph;
using Microsoft.Graph.Models;
using Reanchor.Preflight;
using Reanchor.Scanning;

namespace Reanchor.Adapters.Graph;

/// <summary>Who has, or had, a name or an address.</summary>
internal static class GraphAddressOwners
{
    public static async Task<AddressOwners> FindAsync(
        GraphServiceClient graph, IReadOnlyList<string> addresses, CancellationToken cancellationToken)
    {
        var holds = string.Join(" or ", addresses.Select(Holds));
        var signsIn = string.Join(" or ", addresses.Select(address => $"userPrincipalName eq {ODataText.Quote(address)}"));

        return new(
            await GraphCall.ReadAsync(DirectoryPermissions.UserRead, async () =>
            {
                var page = await graph.Users.GetAsync(
                    r =>
                    {
                        r.QueryParameters.Filter = $"{signsIn} or {holds}";
                        r.QueryParameters.Select = ["id", "userPrincipalName"];
                    },
                    cancellationToken);
                return Owners(page?.Value, user => user.UserPrincipalName);
            }, cancellationToken),
            await GraphCall.ReadAsync(DirectoryPermissions.GroupMemberRead, async () =>
            {
                var page = await graph.Groups.GetAsync(
                    r =>
                    {
                        r.QueryParameters.Filter = holds;
                        r.QueryParameters.Select = ["id", "displayName"];
                    },
                    cancellationToken);
                return Owners(page?.Value, group => group.DisplayName);
            }, cancellationToken),
            await GraphCall.ReadAsync(DirectoryPermissions.OrgContactRead, async () =>
            {
                var page = await graph.Contacts.GetAsync(
                    r =>
                    {
                        r.QueryParameters.Filter = holds;
                        r.QueryParameters.Select = ["id", "displayName"];
                    },
                    cancellationToken);
                return Owners(page?.Value, contact => contact.DisplayName);
            }, cancellationToken));
    }

    public static Task<Reading<IReadOnlyList<DeletedUser>>> ReadDeletedAsync(
        GraphServiceClient graph, CancellationToken cancellationToken) =>
        GraphCall.ReadAsync(DirectoryPermissions.UserRead, async () =>
        {
            var page = await graph.Directory.DeletedItems.GraphUser.GetAsync(
                r =>
                {
                    r.QueryParameters.Select = ["id", "userPrincipalName", "displayName", "mail", "proxyAddresses", "deletedDateTime"];
                    r.QueryParameters.Top = GraphPages.MaxSize;
                },
                cancellationToken);
            var deleted = await GraphPages.AllAsync<User, UserCollectionResponse>(graph, page, cancellationToken);
            return (IReadOnlyList<DeletedUser>)[.. deleted.Select(ToDeletedUser)];
        }, cancellationToken);

    private static DeletedUser ToDeletedUser(User user)
    {
        var id = Guid.Parse(user.Id!);
        var name = user.UserPrincipalName ?? "";

        // Entra frees the name of a deleted user by putting its id in front.
        var prefix = id.ToString("N");
        var addresses = (user.ProxyAddresses ?? []).Select(address => address[(address.IndexOf(':') + 1)..]);

        return new(
            id,
            name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? name[prefix.Length..] : name,
            user.DisplayName,
            [.. user.Mail is { } mail ? addresses.Append(mail) : addresses],
            user.DeletedDateTime);
    }

    private static IReadOnlyList<AddressOwner> Owners<T>(List<T>? items, Func<T, string?> name)
        where T : DirectoryObject => [.. (items ?? []).Select(item => new AddressOwner(Guid.Parse(item.Id!), name(item) ?? item.Id!))];

    private static string Holds(string address) => $"mail eq {ODataText.Quote(address)} or proxyAddresses/any(a:a eq {ODataText.Quote($"smtp:{address}")})";
}
