using System.Net;

namespace Reanchor.UnitTests.Graph;

/// <summary>Gives the answers in turn, and 200 without headers when there are no more.</summary>
internal sealed class ScriptedGraph : HttpMessageHandler
{
    private readonly Queue<HttpResponseMessage> _answers = [];
    private TaskCompletionSource<int>? _held;

    public int Requests { get; private set; }

    public ScriptedGraph Then(int status, params (string Name, string Value)[] headers)
    {
        var answer = new HttpResponseMessage((HttpStatusCode)status);

        foreach (var (name, value) in headers)
        {
            answer.Headers.TryAddWithoutValidation(name, value);
        }

        _answers.Enqueue(answer);
        return this;
    }

    /// <summary>What is sent from now on stays unanswered until <see cref="Release"/>.</summary>
    public void Hold() => _held = new();

    public void Release(int status)
    {
        var held = _held!;
        _held = null;
        held.SetResult(status);
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests++;

        if (_held is { } held)
        {
            return Later(held.Task);
        }

        return Task.FromResult(_answers.TryDequeue(out var answer) ? answer : new HttpResponseMessage(HttpStatusCode.OK));

        static async Task<HttpResponseMessage> Later(Task<int> status) => new((HttpStatusCode)await status);
    }
}
