using System.DirectoryServices.Protocols;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Reanchor.Collector.Directories;

/// <summary>A signed-in connection to one domain controller. Its failures are <see cref="CollectorFailureException"/>s.</summary>
internal sealed class DomainController : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromMinutes(2);

    private readonly LdapConnection _connection;
    private readonly DirectorySettings _settings;

    private DomainController(ServerAddress address, DirectorySettings settings, LdapConnection connection) =>
        (Address, _settings, _connection) = (address, settings, connection);

    public ServerAddress Address { get; }

    public RootDse Root { get; private set; } = RootDse.Unknown;

    /// <summary>Pages that the server has answered.</summary>
    public int Pages { get; private set; }

    /// <exception cref="ServerUnusableException">Nothing listens there, or it is not synchronised.</exception>
    public static async Task<DomainController> ConnectAsync(
        ServerAddress address, DirectorySettings settings, CancellationToken cancellationToken)
    {
        await KnockAsync(address, settings, cancellationToken);
        DomainController? controller = null;

        try
        {
            // The library blocks; a thread of its own keeps Ctrl+C alive meanwhile.
            controller = await Task.Run(() => Open(address, settings), cancellationToken);
            await Task.Run(controller._connection.Bind, cancellationToken);
            controller.Root = await RootDse.ReadAsync(controller, cancellationToken);
            return controller;
        }
        catch (Exception ex) when (ex is LdapException or DirectoryOperationException or TypeInitializationException or DllNotFoundException)
        {
            controller?.Dispose();
            var tls = ex is LdapException { ErrorCode: LdapErrors.ServerDown or LdapErrors.ConnectError } && !settings.PlainLdap
                ? await TlsDiagnosis.ExplainAsync(address, settings, cancellationToken)
                : null;
            throw CollectorFailureException.Directory(tls ?? DirectoryWords.Explain(ex, address, settings), ex);
        }
        catch
        {
            controller?.Dispose();
            throw;
        }
    }

    /// <summary>Sends one request. An error of the server, a part of an answer included, is a failure.</summary>
    public async Task<SearchResponse> SendAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return (SearchResponse)await Task.Run(() => _connection.SendRequest(request), cancellationToken);
        }
        catch (Exception ex) when (ex is LdapException or DirectoryOperationException)
        {
            throw CollectorFailureException.Directory(DirectoryWords.Explain(ex, Address, _settings), ex);
        }
    }

    /// <summary>Reads everything that matches, page after page: without paging a domain controller cuts an answer off.</summary>
    public async IAsyncEnumerable<SearchResultEntry> SearchAsync(
        DirectoryQuery query,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var paging = new PageResultRequestControl(_settings.PageSize) { IsCritical = true };
        var request = new SearchRequest(query.Base, query.Filter, SearchScope.Subtree, [.. query.Attributes]);
        request.Controls.Add(paging);

        if (query.Deleted)
        {
            request.Controls.Add(new ShowDeletedControl());
        }

        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            var response = await SendAsync(request, cancellationToken);
            var page = response.Controls.OfType<PageResultResponseControl>().FirstOrDefault()
                ?? throw CollectorFailureException.Directory(
                    $"{Address} does not answer in pages, so its answer may be cut off. Give a domain controller of Active Directory.");
            Pages++;

            foreach (SearchResultEntry entry in response.Entries)
            {
                yield return entry;
            }

            paging.Cookie = page.Cookie;
        }
        while (paging.Cookie.Length > 0);
    }

    public void Dispose() => _connection.Dispose();

    private static LdapConnection Configure(LdapConnection connection, DirectorySettings settings)
    {
        var options = connection.SessionOptions;
        options.ProtocolVersion = 3;
        options.ReferralChasing = ReferralChasingOptions.None;

        if (OperatingSystem.IsWindows())
        {
            // Halfway through an answer in pages, a new connection would begin a new answer without a word.
            options.AutoReconnect = false;
        }

        if (!settings.PlainLdap)
        {
            if (settings.CaFolder is { } folder && !OperatingSystem.IsWindows())
            {
                options.TrustedCertificatesDirectory = folder;
                options.StartNewTlsSessionContext();
            }

            options.SecureSocketLayer = true;
        }
        else if (OperatingSystem.IsWindows() && settings.Credential is null)
        {
            options.Signing = true;
            options.Sealing = true;
        }

        return connection;
    }

    private static DomainController Open(ServerAddress address, DirectorySettings settings)
    {
        LdapLibrary.Prepare(settings);
        var identifier = new LdapDirectoryIdentifier(
            address.Host, address.PortFor(settings.PlainLdap), fullyQualifiedDnsHostName: true, connectionless: false);
        var connection = settings.Credential is { } credential
            ? new LdapConnection(identifier, credential, AuthType.Basic)
            : new LdapConnection(identifier, null, AuthType.Negotiate);
        connection.AutoBind = false;
        connection.Timeout = AnswerTimeout;

        try
        {
            return new(address, settings, Configure(connection, settings));
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // The LDAP library says the same of a closed port and of a bad certificate.
    private static async Task KnockAsync(ServerAddress address, DirectorySettings settings, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(ConnectTimeout);
        using var client = new TcpClient();
        var port = address.PortFor(settings.PlainLdap);

        try
        {
            await client.ConnectAsync(address.Host, port, limit.Token);
        }
        catch (SocketException ex) when (ex.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain)
        {
            throw new ServerUnusableException(
                $"The name {address.Host} cannot be resolved. Check its spelling and this machine's DNS server.", ex);
        }
        catch (Exception ex) when (ex is SocketException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new ServerUnusableException(
                $"{address.Host} does not answer on port {port}. Check that it is running and that the firewall lets this machine through"
                + (settings.PlainLdap ? "." : "; LDAPS needs a certificate on the domain controller."),
                ex);
        }
    }
}
