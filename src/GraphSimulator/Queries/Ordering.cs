namespace Reanchor.GraphSimulator;

/// <summary>An <c>$orderby</c> of one property.</summary>
internal sealed record Ordering<T>(EntityProperty<T> Property, bool Descending)
{
    /// <exception cref="GraphRefusal">Graph does not sort by it (400), or several properties are named (501).</exception>
    public static Ordering<T>? Parse(string? text, EntityType<T> type, bool beta)
    {
        if (text is null)
        {
            return null;
        }

        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        if (text.Contains(',', StringComparison.Ordinal) || parts.Length is < 1 or > 2 || (parts.Length == 2 && parts[1] is not ("asc" or "desc")))
        {
            throw GraphRefusal.NotSimulated($"$orderby '{text}'");
        }

        var property = type.Property(parts[0], beta);
        return property.OrderBy is Support.Default or Support.Advanced
            ? new(property, parts is [_, "desc"])
            : throw GraphRefusal.UnsupportedQuery("Sorting not supported for current query.");
    }

    /// <summary>Sorting a filtered list is advanced whatever the property.</summary>
    public string? AdvancedReason(bool filtered) =>
        filtered || Property.OrderBy == Support.Advanced ? "Sorting not supported for current query." : null;

    public T[] Sort(T[] items)
    {
        var comparer = Comparer<object?>.Create(Compare);
        return [.. Descending ? items.OrderByDescending(Property.Read, comparer) : items.OrderBy(Property.Read, comparer)];
    }

    private static int Compare(object? left, object? right) =>
        left is string a && right is string b
            ? StringComparer.OrdinalIgnoreCase.Compare(a, b)
            : Comparer<object?>.Default.Compare(left, right);
}
