using System.Text.Json;

namespace Reanchor.Inventories;

/// <summary>One account as a line of NDJSON.</summary>
internal static class AccountLine
{
    /// <returns>
    /// The account, or <see langword="null"/> when <paramref name="problems"/> grew or the line is a marker: an object with a
    /// <c>kind</c>, which is no account.
    /// </returns>
    /// <exception cref="JsonException">The line is not JSON.</exception>
    public static DirectoryAccount? Read(ReadOnlySpan<byte> utf8, List<string> problems, out bool isMarker)
    {
        var before = problems.Count;
        var fields = new AccountFields(problems);
        var reader = new Utf8JsonReader(utf8);
        isMarker = false;
        reader.Read();

        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            problems.Add("an account is a JSON object");
            return null;
        }

        var expected = 0;

        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (Find(ref reader, ref expected) is { } property)
            {
                reader.Read();
                fields.Read(property, ref reader);
            }
            else if (reader.ValueTextEquals("kind"u8))
            {
                isMarker = true;
                reader.Skip();
            }
            else
            {
                problems.Add($"{AttributeText.Quote(JsonText.Read(ref reader) ?? "")} is not a property of an account");
                reader.Skip();
            }
        }

        // Nothing may follow the object; asking for more is what finds that out.
        reader.Read();

        if (isMarker)
        {
            problems.RemoveRange(before, problems.Count - before);
            return null;
        }

        var account = fields.ToAccount();
        return problems.Count == before ? account : null;
    }

    public static void Write(Utf8JsonWriter writer, DirectoryAccount account)
    {
        writer.WriteStartObject();
        writer.WriteString(AccountProperty.ObjectGuid.JsonName(), account.ObjectGuid);
        WriteGuid(writer, AccountProperty.ConsistencyGuid, account.ConsistencyGuid);
        WriteText(writer, AccountProperty.OddConsistencyGuid, account.OddConsistencyGuid);
        WriteText(writer, AccountProperty.CustomAnchor, account.CustomAnchor);
        WriteText(writer, AccountProperty.Sid, account.Sid);
        WriteText(writer, AccountProperty.UserPrincipalName, account.UserPrincipalName);
        WriteText(writer, AccountProperty.Mail, account.Mail);

        if (account.ProxyAddresses.Count > 0)
        {
            writer.WriteStartArray(AccountProperty.ProxyAddresses.JsonName());

            for (var i = 0; i < account.ProxyAddresses.Count; i++)
            {
                writer.WriteStringValue(account.ProxyAddresses[i]);
            }

            writer.WriteEndArray();
        }

        WriteText(writer, AccountProperty.SamAccountName, account.SamAccountName);

        if (account.Enabled is { } enabled)
        {
            writer.WriteBoolean(AccountProperty.Enabled.JsonName(), enabled);
        }

        if (account.Deleted)
        {
            writer.WriteBoolean(AccountProperty.Deleted.JsonName(), true);
        }

        if (account is { MailboxListed: true, MailboxGuid: null })
        {
            // "Has none" is not "does not say".
            writer.WriteNull(AccountProperty.MailboxGuid.JsonName());
        }

        WriteGuid(writer, AccountProperty.MailboxGuid, account.MailboxGuid);
        WriteText(writer, AccountProperty.DistinguishedName, account.DistinguishedName);
        writer.WriteEndObject();
    }

    // Writers keep one order, so the next name is nearly always the one after the last.
    private static AccountProperty? Find(ref Utf8JsonReader reader, ref int expected)
    {
        var names = AccountProperties.JsonNames;

        for (var i = 0; i < names.Length; i++)
        {
            var index = (expected + i) % names.Length;

            if (reader.ValueTextEquals(names[index].EncodedUtf8Bytes))
            {
                expected = index + 1;
                return (AccountProperty)index;
            }
        }

        return null;
    }

    private static void WriteText(Utf8JsonWriter writer, AccountProperty property, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(property.JsonName(), value);
        }
    }

    private static void WriteGuid(Utf8JsonWriter writer, AccountProperty property, Guid? value)
    {
        if (value is { } present)
        {
            writer.WriteString(property.JsonName(), present);
        }
    }
}
