using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using Reanchor.Functions.Access;
using Reanchor.Functions.Http;

namespace Reanchor.Functions.Description;

/// <summary>The API in the words of OpenAPI 3.1, made of the functions' own attributes and types.</summary>
public static partial class ApiDescription
{
    private const string Problem = "#/components/responses/Problem";

    public static JsonObject Of(Assembly assembly)
    {
        var schemas = new JsonObject { ["Problem"] = SchemaOf.Problem() };
        var paths = new JsonObject();

        foreach (var (name, method) in FunctionAccess.HttpFunctions(assembly.GetTypes()).OrderBy(function => function.Name, StringComparer.Ordinal))
        {
            var trigger = method.GetParameters().Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).First(found => found is not null)!;
            var path = $"/{CatchAll().Replace(trigger.Route!, "{$1}")}";
            paths[path] ??= new JsonObject();

            foreach (var verb in trigger.Methods!)
            {
                paths[path]![verb] = Operation(name, method, path, schemas);
            }
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "Reanchor",
                ["version"] = assembly.GetName().Version!.ToString(3),
                ["description"] = "Finds leftover ImmutableIDs in Entra and clears them safely.",
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/api" }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas,
                ["responses"] = new JsonObject
                {
                    ["Problem"] = new JsonObject
                    {
                        ["description"] = "A refusal: why, and what to do.",
                        ["content"] = Content("application/problem+json", Reference("Problem")),
                    },
                },
                ["securitySchemes"] = new JsonObject
                {
                    ["bearer"] = new JsonObject
                    {
                        ["type"] = "http",
                        ["scheme"] = "bearer",
                        ["description"] = "An access token of Entra's, or of LocalHost's; for the role Upload a collector's key as well.",
                    },
                },
            },
        };
    }

    private static JsonObject Operation(string name, MethodInfo method, string path, JsonObject schemas)
    {
        var roles = method.GetCustomAttribute<RequiresRoleAttribute>()?.AnyOf ?? [];
        var operation = new JsonObject
        {
            ["operationId"] = name,
            ["tags"] = new JsonArray(path.Split('/')[1]),
            ["description"] = roles.Length == 0 ? "Nobody need sign in." : $"One of these roles: {string.Join(", ", roles)}.",
            ["security"] = new JsonArray([.. roles.Select(role => new JsonObject { ["bearer"] = new JsonArray($"{role}") })]),
            ["parameters"] = new JsonArray([.. Parameters(method, path)]),
        };

        if (method.GetCustomAttribute<TakesAttribute>() is { } takes)
        {
            operation["requestBody"] = new JsonObject
            {
                ["required"] = !takes.Optional,
                ["content"] = Content(takes.Body, takes.As, answer: false, schemas),
            };
        }

        var responses = new JsonObject();
        var answers = method.GetCustomAttribute<AnswersAttribute>()
            ?? throw new InvalidOperationException($"The function {name} does not say what it answers. Give it [Answers(...)].");

        foreach (var status in answers.Statuses)
        {
            responses[$"{status}"] = answers is { Body: null, Also: [] }
                ? new JsonObject { ["description"] = "Done." }
                : new JsonObject { ["description"] = "Done.", ["content"] = Content(answers.Body, answers.Also, answer: true, schemas) };
        }

        responses["default"] = new JsonObject { ["$ref"] = Problem };
        operation["responses"] = responses;
        return operation;
    }

    private static IEnumerable<JsonNode> Parameters(MethodInfo method, string path)
    {
        foreach (Match name in RouteValue().Matches(path))
        {
            yield return Parameter(name.Groups[1].Value, "path", required: true, new JsonObject { ["type"] = "string" });
        }

        foreach (var asks in method.GetCustomAttributes<AsksAttribute>())
        {
            yield return Parameter(asks.Name, "query", required: false, SchemaOf.Query(asks.Type));
        }
    }

    private static JsonObject Parameter(string name, string place, bool required, JsonNode schema) =>
        new() { ["name"] = name, ["in"] = place, ["required"] = required, ["schema"] = schema };

    private static JsonObject Content(Type? body, string[] others, bool answer, JsonObject schemas)
    {
        var content = new JsonObject();

        if (body is not null)
        {
            var name = SchemaOf.NameOf(body);
            schemas[name] ??= answer ? SchemaOf.Answer(body) : SchemaOf.Body(body);
            content["application/json"] = new JsonObject { ["schema"] = Reference(name) };
        }

        foreach (var type in others)
        {
            content[type] = new JsonObject();
        }

        return content;
    }

    private static JsonObject Content(string type, JsonNode schema) => new() { [type] = new JsonObject { ["schema"] = schema } };

    private static JsonObject Reference(string schema) => new() { ["$ref"] = $"#/components/schemas/{schema}" };

    [GeneratedRegex(@"\{\*+(\w+)\}")]
    private static partial Regex CatchAll();

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex RouteValue();
}
