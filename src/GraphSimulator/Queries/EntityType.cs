namespace Reanchor.GraphSimulator;

/// <summary>A Graph resource type as far as the simulator models it.</summary>
internal sealed class EntityType<T>
{
    private readonly Dictionary<string, EntityProperty<T>> _byName;

    public EntityType(string name, string resource, IReadOnlyList<EntityProperty<T>> properties, IEnumerable<string> notSimulated)
    {
        Name = name;
        Resource = resource;
        Properties = properties;
        NotSimulated = new HashSet<string>(notSimulated, StringComparer.OrdinalIgnoreCase);
        _byName = properties.ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Qualified name in Graph's messages, such as <c>microsoft.graph.user</c>.</summary>
    public string Name { get; }

    /// <summary>Directory name in Graph's messages, such as <c>User</c>.</summary>
    public string Resource { get; }

    public IReadOnlyList<EntityProperty<T>> Properties { get; }

    /// <summary>Properties that exist in Graph but not here.</summary>
    public IReadOnlySet<string> NotSimulated { get; }

    /// <exception cref="GraphRefusal">The property does not exist (400) or is not modelled (501).</exception>
    public EntityProperty<T> Property(string name, bool beta)
    {
        if (_byName.TryGetValue(name, out var property))
        {
            return !property.BetaOnly || beta
                ? property
                : throw GraphRefusal.NotSimulated($"property '{name}' on {Name} outside beta");
        }

        throw NotSimulated.Contains(name)
            ? GraphRefusal.NotSimulated($"property '{name}' of {Name}")
            : new GraphRefusal(400, "BadRequest", $"Could not find a property named '{name}' on type '{Name}'.");
    }

    /// <summary>The properties that an answer shows for a <c>$select</c>, in its order; <paramref name="select"/> null for the default set.</summary>
    public IReadOnlyList<EntityProperty<T>> Select(string? select, bool beta)
    {
        if (select is null)
        {
            return [.. Properties.Where(property => property.IsDefault)];
        }

        var names = select.Split(',', StringSplitOptions.TrimEntries);
        return names.Length == 0 || Array.Exists(names, name => name.Length == 0)
            ? throw new GraphRefusal(400, "BadRequest", "Parsing OData Select and Expand failed: Term 'select' has an empty name.")
            : [.. names.Distinct(StringComparer.OrdinalIgnoreCase).Select(name => Property(name, beta))];
    }
}
