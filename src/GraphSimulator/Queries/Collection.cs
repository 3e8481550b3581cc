namespace Reanchor.GraphSimulator;

/// <summary>A list that a route serves: its type, its items, and which query options it takes.</summary>
internal sealed record Collection<T>(EntityType<T> Type, string Context)
    where T : class
{
    private const int DefaultPage = 100;

    /// <summary>Every item, before any filter.</summary>
    public required Func<IReadOnlyCollection<T>> All { get; init; }

    /// <summary>The item as it is now, or null when it has gone since the query ran.</summary>
    public Func<T, T?> Refresh { get; init; } = item => item;

    /// <summary>Finds the only possible match of a filter without reading the whole list; null when there is no such index.</summary>
    public Func<FilterNode, IReadOnlyCollection<T>?> Lookup { get; init; } = _ => null;

    public Func<EntityProperty<T>, FilterRules>? Rules { get; init; }
    public IReadOnlyList<string> Options { get; init; } = ["$select", "$filter", "$top", "$skiptoken"];

    /// <summary>However many were asked for.</summary>
    public int LargestPage { get; init; } = int.MaxValue;

    public bool RequiresSelect { get; init; }

    /// <summary>Answers 501 to a plain filter, because the sources only show advanced ones.</summary>
    public bool FiltersOnlyAdvanced { get; init; }

    public Func<T, string?> ODataType { get; init; } = _ => null;

    public GraphResponse Answer(GraphRequest request)
    {
        var query = request.Query;
        query.Allow([.. Options]);
        var top = Math.Min(query.Top() ?? DefaultPage, LargestPage);

        if (RequiresSelect && query.Select is null)
        {
            throw GraphRefusal.NotSimulated($"{Context} without $select");
        }

        var properties = Type.Select(query.Select, request.IsBeta);
        var (items, position) = Find(request);
        var page = new List<T>(Math.Min(top, items.Length - position));

        while (position < items.Length && page.Count < top)
        {
            if (Refresh(items[position++]) is { } current)
            {
                page.Add(current);
            }
        }

        var next = position < items.Length ? NextLink(request, items, position) : null;
        return GraphResponse.Ok(EntityWriter.Write(json =>
        {
            json.WriteString("@odata.context", $"{request.Origin}/{request.Version}/$metadata#{Context}{(query.Select is { } select ? $"({select})" : "")}");

            // Without the header, Graph ignores $count on directory objects.
            if (query.Count && request.IsEventual)
            {
                json.WriteNumber("@odata.count", items.Length);
            }

            if (next is not null)
            {
                json.WriteString("@odata.nextLink", next);
            }

            json.WriteStartArray("value");

            foreach (var item in page)
            {
                json.WriteStartObject();

                if (ODataType(item) is { } type)
                {
                    json.WriteString("@odata.type", type);
                }

                EntityWriter.WriteProperties(json, item, properties);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }));
    }

    /// <summary>The number of matches, as <c>/$count</c> gives it.</summary>
    public int CountMatches(GraphRequest request) => Find(request).Items.Length;

    private (T[] Items, int Position) Find(GraphRequest request)
    {
        var query = request.Query;
        var node = query.Filter is { } text ? FilterParser.Parse(text) : null;
        var filter = node is null ? null : new FilterCompiler<T>(Type, request.IsBeta, Rules).Compile(node);
        var order = Ordering<T>.Parse(query.OrderBy, Type, request.IsBeta);
        RequireAdvanced(request, filter?.AdvancedReason ?? order?.AdvancedReason(filter is not null), filter is not null);

        var key = $"{string.Join('/', request.Segments)}?{query.Filter}&{query.OrderBy}";

        if (query.SkipToken is { } token)
        {
            return request.Tenant.PageTokens.Find<T>(token, key) ?? throw new GraphRefusal(
                400, "Directory_ExpiredPageToken", "The specified page token value has expired and can no longer be included in your request.");
        }

        var source = (node is null ? null : Lookup(node)) ?? All();
        T[] items = filter is null ? [.. source] : [.. source.Where(item => filter.Matches(item))];
        return (order is null ? items : order.Sort(items), 0);
    }

    private void RequireAdvanced(GraphRequest request, string? reason, bool filtered)
    {
        // A path that ends in $count counts by itself.
        var isAdvanced = request.IsEventual && (request.Segments[^1] == "$count" || request.Query.Count);

        if (isAdvanced)
        {
            return;
        }

        if (reason is not null)
        {
            throw GraphRefusal.UnsupportedQuery(reason);
        }

        if (filtered && FiltersOnlyAdvanced)
        {
            throw GraphRefusal.NotSimulated($"a filter on {Context} without 'ConsistencyLevel: eventual' and $count=true");
        }
    }

    private static string NextLink(GraphRequest request, T[] items, int position)
    {
        var key = $"{string.Join('/', request.Segments)}?{request.Query.Filter}&{request.Query.OrderBy}";
        var token = request.Tenant.PageTokens.Add(key, items, position);
        return $"{request.Origin}/{request.Version}/{string.Join('/', request.Segments)}?{request.Query.WithSkipToken(token)}";
    }
}
