using System.Text.Json;

namespace Reanchor.LocalHost.Hosting;

/// <summary>What the engine takes from host.json, the same file that the Functions host reads.</summary>
public sealed record HostSettings
{
    private const string OverridePrefix = "AzureFunctionsJobHost";

    /// <summary>Put before every route, without slashes at its ends; may be empty.</summary>
    public string RoutePrefix { get; init; } = "api";

    public QueueSettings Queues { get; init; } = new();

    /// <param name="overrides">
    /// Settings such as <c>AzureFunctionsJobHost__extensions__queues__batchSize</c> take the place of the file's values, as they do
    /// under the Functions host.
    /// </param>
    /// <exception cref="StartRefusedException">The file is missing or malformed, or a value is out of its range.</exception>
    public static HostSettings Read(string path, IConfiguration? overrides = null)
    {
        using var document = Open(path);
        var root = new HostSection(path, "", document.RootElement, overrides?.GetSection(OverridePrefix));

        if (root.Text("version", "") is var version && version != "2.0")
        {
            throw root.Refused("version", "must be \"2.0\"");
        }

        var extensions = root.Section("extensions");

        return new()
        {
            RoutePrefix = extensions.Section("http").Text("routePrefix", "api").Trim('/'),
            Queues = ReadQueues(extensions.Section("queues")),
        };
    }

    private static QueueSettings ReadQueues(HostSection queues)
    {
        if (queues.Text("messageEncoding", "base64") is var encoding && !encoding.Equals("base64", StringComparison.OrdinalIgnoreCase))
        {
            throw queues.Refused("messageEncoding", "must be \"base64\", which is how Reanchor writes its messages");
        }

        var defaults = new QueueSettings();
        var batchSize = queues.Number("batchSize", defaults.BatchSize, 1, 32);

        return new()
        {
            BatchSize = batchSize,
            NewBatchThreshold = queues.Number("newBatchThreshold", batchSize / 2, 0, 1000),
            MaxDequeueCount = queues.Number("maxDequeueCount", defaults.MaxDequeueCount, 1, 1000),
            VisibilityTimeout = queues.Duration("visibilityTimeout", defaults.VisibilityTimeout, TimeSpan.Zero, TimeSpan.FromDays(7)),
            MaxPollingInterval = queues.Duration("maxPollingInterval", defaults.MaxPollingInterval, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1)),
        };
    }

    private static JsonDocument Open(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return JsonDocument.Parse(file, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new StartRefusedException($"{path} is missing. It is the host.json at the root of the repository; the build copies it beside the program.", exception);
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"{path} cannot be read: {exception.Message} Correct the file.", exception);
        }
    }
}
