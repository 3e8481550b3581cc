namespace Reanchor.LocalHost.Storage;

/// <summary>The last lines that a child process printed, for the message when it fails.</summary>
internal sealed class OutputTail(int capacity = 15)
{
    private readonly Queue<string> _lines = new();

    public void Add(string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
        {
            return;
        }

        lock (_lines)
        {
            _lines.Enqueue(line);

            if (_lines.Count > capacity)
            {
                _lines.Dequeue();
            }
        }
    }

    public override string ToString()
    {
        lock (_lines)
        {
            return _lines.Count == 0 ? "(it printed nothing)" : string.Join(Environment.NewLine, _lines);
        }
    }
}
