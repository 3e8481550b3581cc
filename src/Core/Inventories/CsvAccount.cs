using System.Text;
using System.Text.Unicode;
using CsvHelper;

namespace Reanchor.Inventories;

/// <summary>One account as a row of CSV.</summary>
internal static class CsvAccount
{
    /// <returns>The account, or <see langword="null"/> when there are <paramref name="problems"/>.</returns>
    public static DirectoryAccount? Read(CsvReader row, CsvColumns columns, List<string> problems)
    {
        if (row.FieldCount != columns.Width)
        {
            problems.Add($"has {row.FieldCount} values for {columns.Width} columns");
            return null;
        }

        var objectGuid = ReadObjectGuid();
        var (consistencyGuid, odd) = ReadConsistencyGuid();
        var account = new DirectoryAccount
        {
            ObjectGuid = objectGuid,
            ConsistencyGuid = consistencyGuid,
            OddConsistencyGuid = odd,
            CustomAnchor = Value(AccountProperty.CustomAnchor),
            Sid = ReadSid(),
            UserPrincipalName = Value(AccountProperty.UserPrincipalName),
            Mail = Value(AccountProperty.Mail),
            ProxyAddresses = ReadAddresses(),
            SamAccountName = Value(AccountProperty.SamAccountName),
            Enabled = ReadBoolean(AccountProperty.Enabled),
            Deleted = ReadBoolean(AccountProperty.Deleted) ?? false,
            MailboxGuid = ReadBinaryGuid(AccountProperty.MailboxGuid),
            MailboxListed = columns[AccountProperty.MailboxGuid] >= 0,
            DistinguishedName = Value(AccountProperty.DistinguishedName),
        };

        if (problems.Count == 0 && account is { Deleted: false } and not { Sid: not null, SamAccountName: not null, Enabled: not null })
        {
            RequireWhatEveryAccountHas();
        }

        return problems.Count > 0 ? null : account;

        string? Value(AccountProperty property)
        {
            var at = columns[property];
            var bytes = at < 0 ? [] : row.GetSpan(at);

            // An anchor is used verbatim; elsewhere a space around a value is the spreadsheet's.
            if (property is not AccountProperty.CustomAnchor)
            {
                bytes = bytes.Trim((byte)' ');
            }

            if (bytes.IsEmpty)
            {
                return null;
            }

            if (!Utf8.IsValid(bytes))
            {
                problems.Add($"{property.CsvName()} {TextProblems.NotUtf8}");
                return null;
            }

            var value = Encoding.UTF8.GetString(bytes);

            if (CsvTypeName.Cure(property, value) is { } cure)
            {
                problems.Add(cure);
                return null;
            }

            return value;
        }

        Guid ReadObjectGuid()
        {
            if (Value(AccountProperty.ObjectGuid) is not { } text)
            {
                Accept(AccountProperty.ObjectGuid, problems.Count > 0 ? null : "is empty");
                return default;
            }

            Accept(AccountProperty.ObjectGuid, AttributeText.ReadGuid(text, out var value));
            return value;
        }

        (Guid? Value, string? Odd) ReadConsistencyGuid()
        {
            var odd = Value(AccountProperty.OddConsistencyGuid);

            if (Value(AccountProperty.ConsistencyGuid) is not { } text)
            {
                return (null, odd);
            }

            var problem = AttributeText.ReadBinaryGuid(text, out var value);

            if (problem is not null && odd is null && AttributeText.IsBase64OfOtherLength(text))
            {
                return (null, text);
            }

            return (Accept(AccountProperty.ConsistencyGuid, problem) ? value : null, odd);
        }

        Guid? ReadBinaryGuid(AccountProperty property) =>
            Value(property) is { } text && Accept(property, AttributeText.ReadBinaryGuid(text, out var value)) ? value : null;

        string? ReadSid() =>
            Value(AccountProperty.Sid) is { } text && Accept(AccountProperty.Sid, AttributeText.CheckSid(text)) ? text : null;

        string[] ReadAddresses() =>
            Value(AccountProperty.ProxyAddresses)?.Split(
                ';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

        bool? ReadBoolean(AccountProperty property)
        {
            if (Value(property) is not { } text)
            {
                return null;
            }

            if (!bool.TryParse(text, out var value))
            {
                Accept(property, $"{AttributeText.Quote(text)} is neither True nor False");
            }

            return value;
        }

        void RequireWhatEveryAccountHas()
        {
            (AccountProperty Property, bool IsEmpty)[] always =
            [
                (AccountProperty.Sid, account.Sid is null),
                (AccountProperty.SamAccountName, account.SamAccountName is null),
                (AccountProperty.Enabled, account.Enabled is null),
            ];
            problems.Add(
                $"{string.Join(", ", always.Where(a => a.IsEmpty).Select(a => a.Property.CsvName()))}: empty, and no live account is without. "
                + "Export again with -Properties for each column, as a user who may read them");
        }

        bool Accept(AccountProperty property, string? problem)
        {
            if (problem is not null)
            {
                problems.Add($"{property.CsvName()} {problem}");
            }

            return problem is null;
        }
    }
}
