namespace Reanchor.GraphSimulator;

/// <summary>Parses the part of OData's filter language that directory queries use; anything else is refused by name.</summary>
internal sealed class FilterParser
{
    private const int MaxDepth = 50;
    private readonly string _filter;
    private readonly List<FilterToken> _tokens;
    private int _position;
    private int _depth;

    private FilterParser(string filter)
    {
        _filter = filter;
        _tokens = FilterLexer.Read(filter);
    }

    private FilterToken Current => _tokens[_position];

    /// <exception cref="GraphRefusal">A syntax error (400), or an operator that is not modelled (501).</exception>
    public static FilterNode Parse(string filter)
    {
        var parser = new FilterParser(filter);
        var node = parser.Or();
        return parser.Current.Kind == FilterTokenKind.End ? node : throw parser.Invalid();
    }

    private FilterNode Or()
    {
        var left = And();

        while (TakeWord("or"))
        {
            left = new FilterNode.Or(left, And());
        }

        return left;
    }

    private FilterNode And()
    {
        var left = Unary();

        while (TakeWord("and"))
        {
            left = new FilterNode.And(left, Unary());
        }

        return left;
    }

    private FilterNode Unary()
    {
        if (++_depth > MaxDepth)
        {
            throw Invalid();
        }

        try
        {
            if (TakeWord("not"))
            {
                return new FilterNode.Not(Unary());
            }

            if (!Take(FilterTokenKind.Open))
            {
                return Term();
            }

            var inner = Or();
            Expect(FilterTokenKind.Close);
            return inner;
        }
        finally
        {
            _depth--;
        }
    }

    private FilterNode Term()
    {
        var name = Expect(FilterTokenKind.Word);

        if (Current.Kind == FilterTokenKind.Open)
        {
            return Function(name);
        }

        var path = name;

        while (Take(FilterTokenKind.Slash))
        {
            var segment = Expect(FilterTokenKind.Word);

            if (Current.Kind == FilterTokenKind.Open)
            {
                return segment.Equals("any", StringComparison.OrdinalIgnoreCase)
                    ? Lambda(path)
                    : throw GraphRefusal.NotSimulated($"filter function '{segment}'");
            }

            path += "/" + segment;
        }

        return Comparison(path);
    }

    private FilterNode.Compare Function(string name)
    {
        var function = name.ToLowerInvariant();

        if (function is not ("startswith" or "endswith"))
        {
            throw GraphRefusal.NotSimulated($"filter function '{name}'");
        }

        Expect(FilterTokenKind.Open);
        var path = Expect(FilterTokenKind.Word);

        while (Take(FilterTokenKind.Slash))
        {
            path += "/" + Expect(FilterTokenKind.Word);
        }

        Expect(FilterTokenKind.Comma);
        var literal = Literal();
        Expect(FilterTokenKind.Close);
        return new(path, function, literal);
    }

    private FilterNode.Any Lambda(string collection)
    {
        Expect(FilterTokenKind.Open);
        var variable = Expect(FilterTokenKind.Word);
        Expect(FilterTokenKind.Colon);
        var body = Or();
        Expect(FilterTokenKind.Close);
        return new(collection, variable, body);
    }

    private FilterNode Comparison(string path)
    {
        var position = Current.Position;
        var written = Expect(FilterTokenKind.Word);

        switch (written.ToLowerInvariant())
        {
            case "eq" or "ne" or "ge" or "le":
                return new FilterNode.Compare(path, written.ToLowerInvariant(), Literal());
            case "in":
                return new FilterNode.In(path, Literals());
            case "gt" or "lt" or "has":
                throw GraphRefusal.NotSimulated($"filter operator '{written}'");
            default:
                throw FilterLexer.Invalid(_filter, position);
        }
    }

    private List<FilterLiteral> Literals()
    {
        Expect(FilterTokenKind.Open);
        var literals = new List<FilterLiteral> { Literal() };

        while (Take(FilterTokenKind.Comma))
        {
            literals.Add(Literal());
        }

        Expect(FilterTokenKind.Close);
        return literals;
    }

    private FilterLiteral Literal()
    {
        var token = Current;

        if (token.Kind is not (FilterTokenKind.Word or FilterTokenKind.Text))
        {
            throw Invalid();
        }

        _position++;
        return new(token.Text, token.Kind == FilterTokenKind.Text);
    }

    private bool TakeWord(string word)
    {
        var found = Current.Kind == FilterTokenKind.Word && Current.Text.Equals(word, StringComparison.OrdinalIgnoreCase);
        _position += found ? 1 : 0;
        return found;
    }

    private bool Take(FilterTokenKind kind)
    {
        var found = Current.Kind == kind;
        _position += found ? 1 : 0;
        return found;
    }

    private string Expect(FilterTokenKind kind)
    {
        var token = Current;
        return Take(kind) ? token.Text : throw Invalid();
    }

    private GraphRefusal Invalid() => FilterLexer.Invalid(_filter, Current.Position);
}
