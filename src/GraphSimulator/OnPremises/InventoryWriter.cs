using System.Buffers;
using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Reanchor.GraphSimulator;

/// <summary>Writes a forest as the NDJSON inventory that an on-premises collector uploads: header, accounts, end line.</summary>
public static class InventoryWriter
{
    private const int FlushAbove = 64 * 1024;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task WriteAsync(SimulatedTenant tenant, AdForest forest, Stream output, CancellationToken cancellationToken)
    {
        var accounts = forest.Accounts;
        var anchorAttribute = tenant.Settings.AnchorAttribute;
        var pipe = PipeWriter.Create(output, new(leaveOpen: true));
        await using var json = new Utf8JsonWriter(pipe, Options);

        WriteHeader(json, forest.Name, tenant.Cloud.Clock.GetUtcNow(), anchorAttribute);
        EndLine(json, pipe);

        foreach (var account in accounts)
        {
            WriteAccount(json, account);
            EndLine(json, pipe);

            if (pipe.UnflushedBytes > FlushAbove)
            {
                await pipe.FlushAsync(cancellationToken);
            }
        }

        WriteEnd(json, accounts.Count);
        EndLine(json, pipe);
        await pipe.CompleteAsync();
    }

    private static void EndLine(Utf8JsonWriter json, PipeWriter pipe)
    {
        json.Flush();
        json.Reset();
        pipe.Write("\n"u8);
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
        json.WriteString("distinguishedName", account.Deleted ? null : account.DistinguishedName);
        json.WriteEndObject();
    }

    private static void WriteEnd(Utf8JsonWriter json, int count)
    {
        json.WriteStartObject();
        json.WriteString("kind", "end");
        json.WriteNumber("count", count);
        json.WriteBoolean("deletedRead", true);
        json.WriteEndObject();
    }
}
