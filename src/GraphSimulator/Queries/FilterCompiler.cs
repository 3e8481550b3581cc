using System.Collections;
using System.Globalization;

namespace Reanchor.GraphSimulator;

/// <summary>Turns a parsed filter into a predicate, or refuses it the way Graph does for that property and operator.</summary>
internal sealed class FilterCompiler<T>(EntityType<T> type, bool beta, Func<EntityProperty<T>, FilterRules>? rulesOf = null)
{
    private string? _advancedReason;

    public CompiledFilter<T> Compile(FilterNode node) => new(Build(node), _advancedReason);

    private Predicate<T> Build(FilterNode node)
    {
        switch (node)
        {
            case FilterNode.And(var left, var right):
                return Both(Build(left), Build(right));
            case FilterNode.Or(var left, var right):
                return Either(Build(left), Build(right));
            case FilterNode.Not(var inner):
                RequireAdvanced("Unsupported Query.");
                var negated = Build(inner);
                return item => !negated(item);
            case FilterNode.Compare compare:
                return Compare(compare);
            case FilterNode.In(var path, var literals):
                return In(path, literals);
            case FilterNode.Any any:
                return Any(any);
            default:
                throw GraphRefusal.NotSimulated($"filter expression {node.GetType().Name}");
        }
    }

    private static Predicate<T> Both(Predicate<T> left, Predicate<T> right) => item => left(item) && right(item);

    private static Predicate<T> Either(Predicate<T> left, Predicate<T> right) => item => left(item) || right(item);

    private Predicate<T> Compare(FilterNode.Compare compare)
    {
        if (compare.Path.EndsWith("/$count", StringComparison.OrdinalIgnoreCase))
        {
            return CountZero(compare);
        }

        var property = Resolve(compare.Path);
        var rules = Rules(property);
        var read = property.Read;

        if (compare.Literal.IsNull)
        {
            Require(rules.Null, property.Name, compare.Operator);

            switch (compare.Operator)
            {
                case "eq":
                    return item => read(item) is null;
                case "ne":
                    Require(rules.Ne, property.Name, "ne");
                    return item => read(item) is not null;
                default:
                    throw Unsupported(property.Name);
            }
        }

        var support = compare.Operator switch
        {
            "eq" => rules.Eq,
            "ne" => rules.Ne,
            "startswith" => rules.StartsWith,
            "endswith" => rules.EndsWith,
            _ => rules.Range,
        };
        Require(support, property.Name, compare.Operator);
        var test = Test(compare.Operator, compare.Literal, property.Kind, property);
        return item => test(read(item));
    }

    private Predicate<T> CountZero(FilterNode.Compare compare)
    {
        var property = Resolve(compare.Path[..compare.Path.LastIndexOf('/')]);

        if (compare is not { Operator: "eq", Literal: { Quoted: false, Text: "0" } })
        {
            throw GraphRefusal.NotSimulated($"filter '{compare.Path} {compare.Operator} {compare.Literal.Text}'");
        }

        Require(Rules(property).CountZero, property.Name, "$count");
        return item => property.Read(item) is not ICollection { Count: > 0 };
    }

    private Predicate<T> In(string path, IReadOnlyList<FilterLiteral> literals)
    {
        var property = Resolve(path);
        Require(Rules(property).In, property.Name, "in");

        return literals.Any(literal => literal.IsNull)
            ? throw Unsupported(property.Name)
            : OneOf([.. literals.Select(literal => Test("eq", literal, property.Kind, property))], property.Read);
    }

    private static Predicate<T> OneOf(Predicate<object?>[] tests, Func<T, object?> read) => item =>
    {
        var value = read(item);
        return Array.Exists(tests, test => test(value));
    };

    private Predicate<T> Any(FilterNode.Any any)
    {
        var property = Resolve(any.Collection);

        if (any.Body is not FilterNode.Compare { Literal.IsNull: false } body)
        {
            throw GraphRefusal.NotSimulated($"this condition inside {any.Collection}/any(...)");
        }

        var rules = Rules(property);
        var support = body.Operator switch
        {
            "eq" => rules.Eq,
            "startswith" => rules.StartsWith,
            "endswith" => rules.EndsWith,
            _ => Support.NotSimulated,
        };
        Require(support, property.Name, body.Operator);
        var element = Element(any, body, property);
        var test = Test(body.Operator, body.Literal, PropertyKind.Text, property);

        return item =>
        {
            foreach (var value in (IEnumerable)property.Read(item)!)
            {
                if (test(element(value)))
                {
                    return true;
                }
            }

            return false;
        };
    }

    private Func<object, string?> Element(FilterNode.Any any, FilterNode.Compare body, EntityProperty<T> property)
    {
        if (property.ElementMembers is null)
        {
            return body.Path == any.Variable ? value => (string)value : throw Unsupported(property.Name);
        }

        var prefix = any.Variable + "/";
        return body.Path.StartsWith(prefix, StringComparison.Ordinal)
            && property.ElementMembers.TryGetValue(body.Path[prefix.Length..], out var member)
                ? member
                : throw GraphRefusal.NotSimulated($"filter member '{body.Path}' of {property.Name}");
    }

    private Predicate<object?> Test(string @operator, FilterLiteral literal, PropertyKind kind, EntityProperty<T> property)
    {
        switch (kind)
        {
            case PropertyKind.Text when literal.Quoted:
                return value => value is string text ? TestText(text, @operator, literal.Text, property.Comparison) : @operator == "ne";
            case PropertyKind.Boolean when !literal.Quoted && bool.TryParse(literal.Text, out var expected):
                return value => value is bool flag ? flag == expected == (@operator == "eq") : @operator == "ne";
            case PropertyKind.Date when !literal.Quoted
                && DateTimeOffset.TryParse(literal.Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var bound):
                return value => value is DateTimeOffset time && (@operator == "ge" ? time >= bound : time <= bound);
            case PropertyKind.Collection:
                throw Unsupported(property.Name);
            default:
                throw new GraphRefusal(400, "BadRequest", $"Invalid filter clause: '{literal.Text}' is not a value of property '{property.Name}'.");
        }
    }

    private static bool TestText(string text, string @operator, string literal, StringComparison comparison) => @operator switch
    {
        "eq" => text.Equals(literal, comparison),
        "ne" => !text.Equals(literal, comparison),
        "startswith" => text.StartsWith(literal, comparison),
        "endswith" => text.EndsWith(literal, comparison),
        _ => false,
    };

    private EntityProperty<T> Resolve(string path) => type.Property(path, beta);

    private FilterRules Rules(EntityProperty<T> property) => rulesOf?.Invoke(property) ?? property.Filter;

    private void Require(Support support, string property, string @operator)
    {
        switch (support)
        {
            case Support.NotSimulated:
                throw GraphRefusal.NotSimulated($"filter operator '{@operator}' on property '{property}' of {type.Name}");
            case Support.Refused:
                throw Unsupported(property);
            case Support.Advanced:
                RequireAdvanced(@operator == "ne"
                    ? "Unsupported property filter clause operator 'NotEqualsMatch'."
                    : Unsupported(property).Message);
                break;
        }
    }

    private void RequireAdvanced(string reason) => _advancedReason ??= reason;

    private GraphRefusal Unsupported(string property) => GraphRefusal.UnsupportedQuery(
        $"Unsupported or invalid query filter clause specified for property '{property}' of resource '{type.Resource}'.");
}
