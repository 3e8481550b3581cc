using System.Text;
using System.Text.RegularExpressions;

namespace Reanchor.IntegrationTests.Crashes;

/// <summary>The parts of a queue message as it goes over the wire.</summary>
internal static class RelayedMessage
{
    /// <summary>What a message says, out of the request that sends it.</summary>
    public static string TextOf(string body) => Encoding.UTF8.GetString(Convert.FromBase64String(EncodedTextOf(body)));

    public static string EncodedTextOf(string body) => Regex.Match(body, "<MessageText>([^<]*)</MessageText>").Groups[1].Value;

    /// <summary>The id that storage gave it, out of its answer.</summary>
    public static string IdOf(string answer) => Regex.Match(answer, "<MessageId>([^<]*)</MessageId>").Groups[1].Value;

    public static string QueueIn(string path) => Regex.Match(path, "/([a-z-]+)/messages").Groups[1].Value;

    public static string IdIn(string path) => Regex.Match(path, "/messages/([^?]*)").Groups[1].Value;
}
