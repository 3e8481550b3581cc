using System.Text.Json;

namespace Reanchor.Inventories;

/// <summary>The values of one account while its line is read. What is wrong with them goes to <paramref name="problems"/>.</summary>
internal ref struct AccountFields(List<string> problems)
{
    private Guid? _objectGuid;
    private Guid? _consistencyGuid;
    private Guid? _mailboxGuid;
    private string? _oddConsistencyGuid;
    private string? _customAnchor;
    private string? _sid;
    private string? _userPrincipalName;
    private string? _mail;
    private string? _samAccountName;
    private string? _distinguishedName;
    private string[]? _proxyAddresses;
    private bool? _enabled;
    private bool? _deleted;
    private int _seen;

    /// <summary>Reads the value that the reader stands on, and passes over it.</summary>
    public void Read(AccountProperty property, ref Utf8JsonReader reader)
    {
        var bit = 1 << (int)property;

        if (Saw(property))
        {
            problems.Add($"{Name(property)} is given twice");
        }

        _seen |= bit;

        switch (property)
        {
            case AccountProperty.ObjectGuid:
                _objectGuid = ReadGuid(property, ref reader);
                break;
            case AccountProperty.ConsistencyGuid:
                _consistencyGuid = ReadBinaryGuid(property, ref reader);
                break;
            case AccountProperty.MailboxGuid:
                _mailboxGuid = ReadBinaryGuid(property, ref reader);
                break;
            case AccountProperty.OddConsistencyGuid:
                _oddConsistencyGuid = ReadText(property, ref reader);
                break;
            case AccountProperty.CustomAnchor:
                _customAnchor = ReadText(property, ref reader);
                break;
            case AccountProperty.Sid:
                _sid = ReadSid(property, ref reader);
                break;
            case AccountProperty.UserPrincipalName:
                _userPrincipalName = ReadText(property, ref reader);
                break;
            case AccountProperty.Mail:
                _mail = ReadText(property, ref reader);
                break;
            case AccountProperty.SamAccountName:
                _samAccountName = ReadText(property, ref reader);
                break;
            case AccountProperty.DistinguishedName:
                _distinguishedName = ReadText(property, ref reader);
                break;
            case AccountProperty.ProxyAddresses:
                _proxyAddresses = ReadList(property, ref reader);
                break;
            case AccountProperty.Enabled:
                _enabled = ReadBoolean(property, ref reader);
                break;
            case AccountProperty.Deleted:
                _deleted = ReadBoolean(property, ref reader);
                break;
        }
    }

    /// <summary>Of use only if there were no problems.</summary>
    public readonly DirectoryAccount ToAccount()
    {
        if (!Saw(AccountProperty.ObjectGuid))
        {
            problems.Add("objectGuid is missing");
        }

        return new()
        {
            ObjectGuid = _objectGuid.GetValueOrDefault(),
            ConsistencyGuid = _consistencyGuid,
            OddConsistencyGuid = _oddConsistencyGuid,
            CustomAnchor = _customAnchor,
            Sid = _sid,
            UserPrincipalName = _userPrincipalName,
            Mail = _mail,
            ProxyAddresses = _proxyAddresses ?? [],
            SamAccountName = _samAccountName,
            Enabled = _enabled,
            Deleted = _deleted ?? false,
            MailboxGuid = _mailboxGuid,
            MailboxListed = Saw(AccountProperty.MailboxGuid),
            DistinguishedName = _distinguishedName,
        };
    }

    private readonly bool Saw(AccountProperty property) => (_seen & (1 << (int)property)) != 0;

    private static string Name(AccountProperty property) => property.JsonName().Value;

    private readonly Guid? ReadGuid(AccountProperty property, ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.String && reader.TryGetGuid(out var quick) && quick != Guid.Empty)
        {
            return quick;
        }

        if (reader.TokenType is JsonTokenType.Null)
        {
            problems.Add($"{Name(property)} is empty");
            return null;
        }

        return ReadText(property, ref reader, keepEmpty: true) is { } text
            && Accept(property, AttributeText.ReadGuid(text, out var value)) ? value : null;
    }

    private readonly Guid? ReadBinaryGuid(AccountProperty property, ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.String && reader.TryGetGuid(out var quick))
        {
            return quick;
        }

        return ReadText(property, ref reader, keepEmpty: true) is { } text
            && Accept(property, AttributeText.ReadBinaryGuid(text, out var value)) ? value : null;
    }

    private readonly string? ReadSid(AccountProperty property, ref Utf8JsonReader reader) =>
        ReadText(property, ref reader) is { } text && Accept(property, AttributeText.CheckSid(text)) ? text : null;

    private readonly string? ReadText(AccountProperty property, ref Utf8JsonReader reader, bool keepEmpty = false)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.String when JsonText.Read(ref reader) is { } text:
                return text.Length > 0 || keepEmpty ? text : null;
            case JsonTokenType.String:
                problems.Add($"{Name(property)} is not valid UTF-8 text");
                return null;
            default:
                problems.Add($"{Name(property)} must be text");
                reader.Skip();
                return null;
        }
    }

    private readonly string[]? ReadList(AccountProperty property, ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.Null)
        {
            return null;
        }

        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            problems.Add($"{Name(property)} must be a list of texts, such as [\"SMTP:ann@example.com\"]");
            reader.Skip();
            return null;
        }

        var items = new List<string>();

        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is JsonTokenType.String && JsonText.Read(ref reader) is { Length: > 0 } item)
            {
                items.Add(item);
            }
            else
            {
                problems.Add($"{Name(property)} holds something that is not an address");
                reader.Skip();
            }
        }

        return [.. items];
    }

    private readonly bool? ReadBoolean(AccountProperty property, ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.True or JsonTokenType.False)
        {
            return reader.GetBoolean();
        }

        if (reader.TokenType is not JsonTokenType.Null)
        {
            problems.Add($"{Name(property)} must be true or false");
            reader.Skip();
        }

        return null;
    }

    private readonly bool Accept(AccountProperty property, string? problem)
    {
        if (problem is not null)
        {
            problems.Add($"{Name(property)} {problem}");
        }

        return problem is null;
    }
}
