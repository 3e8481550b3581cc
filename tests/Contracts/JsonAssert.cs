using System.Text.Json;
using Reanchor.Json;
using Xunit;

namespace Reanchor.Contracts;

/// <summary>Compares by content: records with lists in them compare by reference.</summary>
public static class JsonAssert
{
    public static void Same<T>(T expected, T? actual) =>
        Assert.Equal(JsonSerializer.Serialize(expected, ReanchorJson.Options), JsonSerializer.Serialize(actual, ReanchorJson.Options));
}
