using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;
using Reanchor.LocalHost.Hosting;
using Xunit;

#pragma warning disable CA1822 // functions are instance methods even when these need no instance

namespace Reanchor.UnitTests.LocalHost;

public sealed class FunctionCatalogTests
{
    [Fact]
    public void Read_FunctionsOfEachKind_KnowsThem()
    {
        var catalog = FunctionCatalog.Read([typeof(Good)]);

        var http = catalog.Http.ToDictionary(function => function.Name);
        Assert.Equal("things/{id}", http["GetThing"].Route);
        Assert.Equal(["GET", "POST"], http["GetThing"].Verbs);
        Assert.Equal("Unrouted", http["Unrouted"].Route);
        Assert.Empty(http["Unrouted"].Verbs);
        var queue = Assert.Single(catalog.Queues);
        Assert.Equal(("Count", "%Counts%", "DataStorage"), (queue.Name, queue.QueueName, queue.Connection));
        var timer = Assert.Single(catalog.Timers);
        Assert.Equal(("Tick", "%Ticks%"), (timer.Name, timer.Schedule));
    }

    [Theory]
    [InlineData(typeof(NoTrigger), "it has 0 trigger parameters")]
    [InlineData(typeof(TwoTriggers), "it has 2 trigger parameters")]
    [InlineData(typeof(UnknownHttpParameter), "parameter 'body' is neither a CancellationToken nor a string named in the route 'things/{id}'")]
    [InlineData(typeof(UnknownQueueParameter), "parameter 'count' is neither its trigger nor a CancellationToken")]
    [InlineData(typeof(RawMessage), "message parameter 'message' must be a string or a concrete type")]
    [InlineData(typeof(WrongHttpParameter), "trigger parameter 'request' must be an HttpRequest")]
    [InlineData(typeof(WrongTimerParameter), "trigger parameter 'timer' must be a TimerInfo")]
    [InlineData(typeof(WrongResult), "it must return an IResult or a Task of one")]
    [InlineData(typeof(QueueResult), "it must return nothing or a Task")]
    [InlineData(typeof(AsyncVoid), "async void")]
    [InlineData(typeof(Hidden), "must be public")]
    [InlineData(typeof(Open<>), "ordinary method of a concrete class")]
    [InlineData(typeof(BadRoute), "its route 'things/{id' cannot be read")]
    [InlineData(typeof(SameName), "Several functions are named Twice")]
    [InlineData(typeof(SameRoute), "Several functions answer GET things")]
    public void Read_WhatItCannotHost_SaysWhichAndWhy(Type type, string expected)
    {
        var refusal = Assert.Throws<InvalidOperationException>(() => FunctionCatalog.Read([type]));

        Assert.Contains(type.Name, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }

    public sealed record Counted(int Count);

    public sealed class Good
    {
        [Function("GetThing")]
        public Task<IResult> GetThingAsync(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "things/{id}")] HttpRequest request, string id, CancellationToken cancellationToken) =>
            Task.FromResult(Results.Ok(id));

        [Function("Unrouted")]
        public static NoContent Unrouted([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => TypedResults.NoContent();

        [Function("Count")]
        public Task CountAsync([QueueTrigger("%Counts%", Connection = "DataStorage")] Counted message, CancellationToken cancellationToken) => Task.CompletedTask;

        [Function("Tick")]
        public void Tick([TimerTrigger("%Ticks%")] TimerInfo timer)
        {
        }

        public void NoFunction(string anything)
        {
        }
    }

    public sealed class NoTrigger
    {
        [Function("NoTrigger")]
        public Task RunAsync(string message) => Task.CompletedTask;
    }

    public sealed class TwoTriggers
    {
        [Function("TwoTriggers")]
        public Task RunAsync([QueueTrigger("a")] string message, [TimerTrigger("0 * * * * *")] TimerInfo timer) => Task.CompletedTask;
    }

    public sealed class UnknownHttpParameter
    {
        [Function("UnknownHttpParameter")]
        public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "things/{id}")] HttpRequest request, string body) => Results.Ok(body);
    }

    public sealed class UnknownQueueParameter
    {
        [Function("UnknownQueueParameter")]
        public Task RunAsync([QueueTrigger("a")] string message, int count) => Task.CompletedTask;
    }

    public sealed class RawMessage
    {
        [Function("RawMessage")]
        public Task RunAsync([QueueTrigger("a")] byte[] message) => Task.CompletedTask;
    }

    public sealed class WrongHttpParameter
    {
        [Function("WrongHttpParameter")]
        public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous)] string request) => Results.Ok(request);
    }

    public sealed class WrongTimerParameter
    {
        [Function("WrongTimerParameter")]
        public Task RunAsync([TimerTrigger("0 * * * * *")] string timer) => Task.CompletedTask;
    }

    public sealed class WrongResult
    {
        [Function("WrongResult")]
        public string Run([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => "";
    }

    public sealed class QueueResult
    {
        [Function("QueueResult")]
        public Task<string> RunAsync([QueueTrigger("a")] string message) => Task.FromResult(message);
    }

    public sealed class AsyncVoid
    {
        [Function("AsyncVoid")]
        public async void Run([QueueTrigger("a")] string message) => await Task.Yield();
    }

    public sealed class Hidden
    {
        [Function("Hidden")]
        internal Task RunAsync([QueueTrigger("a")] string message) => Task.CompletedTask;
    }

    public sealed class Open<T>
    {
        [Function("Open")]
        public Task RunAsync([QueueTrigger("a")] T message) => Task.CompletedTask;
    }

    public sealed class BadRoute
    {
        [Function("BadRoute")]
        public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "things/{id")] HttpRequest request) => Results.Ok();
    }

    public sealed class SameName
    {
        [Function("Twice")]
        public Task OneAsync([QueueTrigger("a")] string message) => Task.CompletedTask;

        [Function("twice")]
        public Task OtherAsync([QueueTrigger("b")] string message) => Task.CompletedTask;
    }

    public sealed class SameRoute
    {
        [Function("One")]
        public IResult One([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "things")] HttpRequest request) => Results.Ok();

        [Function("Other")]
        public IResult Other([HttpTrigger(AuthorizationLevel.Anonymous, "get", "put", Route = "Things")] HttpRequest request) => Results.Ok();
    }
}
