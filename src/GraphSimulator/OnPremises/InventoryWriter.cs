using System.Text.Encodings.Web;
using System.Text.Json;

namespace Reanchor.GraphSimulator;

/// <summary>Writes a forest as the NDJSON inventory that an on-premises collector uploads: header, accounts, end line.</summary>
public static class InventoryWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task WriteAsync(SimulatedTenant tenant, AdForest forest, Stream output, CancellationToken cancellationToken)
    {
        var accounts = forest.Accounts;
        var anchorAttribute = tenant.Settings.AnchorAttribute;
        await using var json = new Utf8JsonWriter(output, Options);

        await WriteLineAsync(() => WriteHeader(json, forest.Name, tenant.Cloud.Clock.GetUtcNow(), anchorAttribute));

        foreach (var account in accounts)
        {
            await WriteLineAsync(() => WriteAccount(json, account));
        }

        await WriteLineAsync(() => WriteEnd(json, accounts.Count));

        async Task WriteLineAsync(Action write)
        {
            write();
            await json.FlushAsync(cancellationToken);
            json.Reset();
            await output.WriteAsync("\n"u8.ToArray(), cancellationToken);
        }
    }

    private static void WriteHeader(Utf8JsonWriter json, string forest, DateTimeOffset takenAt, string anchorAttribute)
    {
        json.WriteStartObject();
        json.WriteString("kind", "inventory");
        json.WriteNumber("version", 1);
        json.WriteString("forest", forest);
        json.WriteString("takenAt", takenAt.UtcDateTime);
        json.WriteString("anchorAttribute", anchorAttribute);
        json.WriteEndObject();
    }

    private static void WriteAccount(Utf8JsonWriter json, AdAccount account)
    {
        json.WriteStartObject();
        json.WriteString("objectGuid", account.ObjectGuid);
        json.WriteString("consistencyGuid", account.ConsistencyGuid?.ToString());
        json.WriteString("customAnchor", account.CustomAnchor);
        json.WriteString("sid", account.Sid);
        json.WriteString("userPrincipalName", account.UserPrincipalName);
        json.WriteString("mail", account.Mail);
        json.WriteStartArray("proxyAddresses");

        foreach (var address in account.ProxyAddresses)
        {
            json.WriteStringValue(address);
        }

        json.WriteEndArray();
        json.WriteString("samAccountName", account.SamAccountName);
        json.WriteBoolean("enabled", account.Enabled);
        json.WriteBoolean("deleted", account.Deleted);
        json.WriteString("mailboxGuid", account.MailboxGuid?.ToString());
        json.WriteEndObject();
    }

    private static void WriteEnd(Utf8JsonWriter json, int count)
    {
        json.WriteStartObject();
        json.WriteString("kind", "end");
        json.WriteNumber("count", count);
        json.WriteEndObject();
    }
}
