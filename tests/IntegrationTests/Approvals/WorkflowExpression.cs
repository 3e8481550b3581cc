using System.Text;
using System.Text.Json.Nodes;

namespace Reanchor.IntegrationTests.Approvals;

/// <summary>
/// Evaluates the workflow definition language as far as the product's own workflows use it, and refuses whatever it does not know:
/// a workflow that outgrows it fails its test instead of being played wrong.
/// </summary>
/// <param name="functions">The functions that depend on the run, such as <c>triggerBody</c>; the arguments are evaluated.</param>
internal sealed class WorkflowExpression(IReadOnlyDictionary<string, Func<JsonNode?[], JsonNode?>> functions)
{
    /// <summary>Every string in a definition: an expression, a text with expressions in it, or just a text.</summary>
    public JsonNode? Evaluate(JsonNode? definition) => definition switch
    {
        JsonObject o => new JsonObject(o.Select(p => KeyValuePair.Create(p.Key, Evaluate(p.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Evaluate)]),
        JsonValue v when v.TryGetValue<string>(out var text) => EvaluateText(text),
        _ => definition?.DeepClone(),
    };

    public string EvaluateString(JsonNode? definition) =>
        Evaluate(definition)?.GetValue<string>() ?? throw new NotSupportedException($"'{definition}' is no text.");

    private JsonNode? EvaluateText(string text)
    {
        if (text.StartsWith("@@", StringComparison.Ordinal))
        {
            return text[1..];
        }

        if (text.StartsWith('@') && !text.StartsWith("@{", StringComparison.Ordinal))
        {
            return new Reader(text, 1, functions).ReadAll()?.DeepClone();
        }

        var result = new StringBuilder();
        var at = 0;

        while (text.IndexOf("@{", at, StringComparison.Ordinal) is var start and >= 0)
        {
            var reader = new Reader(text, start + 2, functions);
            result.Append(text, at, start - at).Append(Text(reader.ReadUntil('}')));
            at = reader.At;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }

    private static string Text(JsonNode? node) => node is JsonValue v && v.TryGetValue<string>(out var s) ? s : node?.ToJsonString() ?? "";

    private sealed class Reader(string text, int start, IReadOnlyDictionary<string, Func<JsonNode?[], JsonNode?>> functions)
    {
        public int At { get; private set; } = start;

        private char Next => At < text.Length ? text[At] : '\0';

        public JsonNode? ReadAll()
        {
            var value = Read();
            return At == text.Length ? value : throw Unknown();
        }

        public JsonNode? ReadUntil(char end)
        {
            var value = Read();
            Expect(end);
            return value;
        }

        private JsonNode? Read()
        {
            Skip();
            var value = Next is '\'' ? ReadText() : char.IsAsciiDigit(Next) ? ReadNumber() : ReadCall();

            while (true)
            {
                Skip();

                if (Next is '?' && At + 1 < text.Length && text[At + 1] is '[')
                {
                    At += 2;
                    value = Member(value, ReadUntil(']'), mayBeMissing: true);
                }
                else if (Next is '[')
                {
                    At++;
                    value = Member(value, ReadUntil(']'), mayBeMissing: false);
                }
                else if (Next is '.')
                {
                    At++;
                    value = Member(value, ReadName(), mayBeMissing: false);
                }
                else
                {
                    return value;
                }
            }
        }

        private JsonNode? ReadCall()
        {
            var name = ReadName();
            Expect('(');
            var arguments = new List<JsonNode?>();
            Skip();

            while (Next is not ')')
            {
                arguments.Add(Read());
                Skip();

                if (Next is ',')
                {
                    At++;
                }
            }

            Expect(')');
            return Call(name, [.. arguments]);
        }

        private JsonNode? Call(string name, JsonNode?[] a) => (name, a.Length) switch
        {
            ("concat", > 0) => string.Concat(a.Select(Text)),
            ("coalesce", > 0) => a.FirstOrDefault(x => x is not null)?.DeepClone(),
            ("if", 3) => a[0]!.GetValue<bool>() ? a[1]?.DeepClone() : a[2]?.DeepClone(),
            ("equals", 2) => JsonNode.DeepEquals(a[0], a[1]),
            ("empty", 1) => a[0] is null || (a[0] is JsonValue v && v.TryGetValue<string>(out var s) && s.Length == 0),
            ("string", 1) => Text(a[0]),
            _ => functions.TryGetValue(name, out var function) ? function(a) : throw new NotSupportedException($"{name}/{a.Length} in '{text}'"),
        };

        // Two quotes in a text stand for one.
        private string ReadText()
        {
            var value = new StringBuilder();
            At++;

            while (Next is not '\0')
            {
                if (Next is not '\'')
                {
                    value.Append(Next);
                    At++;
                }
                else if (At + 1 < text.Length && text[At + 1] is '\'')
                {
                    value.Append('\'');
                    At += 2;
                }
                else
                {
                    At++;
                    return value.ToString();
                }
            }

            throw Unknown();
        }

        private JsonNode ReadNumber()
        {
            var from = At;

            while (char.IsAsciiDigit(Next))
            {
                At++;
            }

            return int.Parse(text.AsSpan(from, At - from), provider: null);
        }

        private string ReadName()
        {
            var from = At;

            while (char.IsAsciiLetterOrDigit(Next) || Next is '_' or '$')
            {
                At++;
            }

            return At > from ? text[from..At] : throw Unknown();
        }

        private static JsonNode? Member(JsonNode? of, JsonNode? name, bool mayBeMissing) =>
            of is JsonObject o && o.TryGetPropertyValue(name!.GetValue<string>(), out var value) ? value
            : mayBeMissing ? null
            : throw new NotSupportedException($"There is no '{name}'.");

        private void Expect(char c)
        {
            Skip();
            At += Next == c ? 1 : throw Unknown();
        }

        private void Skip()
        {
            while (Next is ' ')
            {
                At++;
            }
        }

        private NotSupportedException Unknown() => new($"Cannot read '{text}' at {At}.");
    }
}
