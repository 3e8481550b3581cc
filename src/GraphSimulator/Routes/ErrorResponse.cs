using System.Globalization;

namespace Reanchor.GraphSimulator;

/// <summary>Graph's error form: <c>{"error":{"code","message","details","innerError"}}</c>.</summary>
internal static class ErrorResponse
{
    public static GraphResponse From(GraphRefusal refusal, Guid requestId, string clientRequestId, DateTimeOffset now)
    {
        var body = EntityWriter.Write(json =>
        {
            json.WriteStartObject("error");
            json.WriteString("code", refusal.Code);
            json.WriteString("message", refusal.Message);

            if (refusal.Details.Count > 0)
            {
                json.WriteStartArray("details");

                foreach (var (code, target, message) in refusal.Details)
                {
                    json.WriteStartObject();
                    json.WriteString("code", code);
                    json.WriteString("message", message);
                    json.WriteString("target", target);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }

            json.WriteStartObject("innerError");
            json.WriteString("date", now.UtcDateTime.ToString("s", CultureInfo.InvariantCulture));
            json.WriteString("request-id", requestId);
            json.WriteString("client-request-id", clientRequestId);
            json.WriteEndObject();
            json.WriteEndObject();
        });
        return new() { Status = refusal.Status, ContentType = "application/json", Body = body };
    }
}
