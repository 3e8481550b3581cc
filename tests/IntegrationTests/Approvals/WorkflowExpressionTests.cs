using System.Text.Json.Nodes;
using Xunit;

namespace Reanchor.IntegrationTests.Approvals;

/// <summary>The part of the workflow language that the player knows, and that it refuses the rest.</summary>
public sealed class WorkflowExpressionTests
{
    [Theory]
    [InlineData("@uriComponent('x')")]
    [InlineData("@body('x').y")]
    [InlineData("@concat('x'")]
    [InlineData("@concat('x') more")]
    [InlineData("text @{utcNow()}")]
    public void Evaluate_WhatItDoesNotKnow_IsRefused(string expression) => Assert.Throws<NotSupportedException>(
        () => new WorkflowExpression(new Dictionary<string, Func<JsonNode?[], JsonNode?>> { ["body"] = _ => new JsonObject() }).Evaluate(expression));

    [Theory]
    [InlineData("@concat('it''s ', string(3))", "it's 3")]
    [InlineData("@if(equals(body('a')?['b'], 'c'), 'yes', 'no')", "yes")]
    [InlineData("@coalesce(body('a')?['missing']?['deeper'], 'none')", "none")]
    [InlineData("@{body('a')['b']}-@{if(empty(body('a')?['x']), 'e', 'f')}", "c-e")]
    [InlineData("@@literal", "@literal")]
    public void Evaluate_WhatWorkflowsUse_IsEvaluated(string expression, string expected) => Assert.Equal(
        expected,
        new WorkflowExpression(new Dictionary<string, Func<JsonNode?[], JsonNode?>> { ["body"] = _ => new JsonObject { ["b"] = "c" } })
            .EvaluateString(expression));
}
