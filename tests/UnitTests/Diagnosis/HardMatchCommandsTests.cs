using System.Text.RegularExpressions;
using Reanchor.Anchors;
using Reanchor.Contracts;
using Reanchor.Diagnosis;
using Reanchor.Inventories;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.UnitTests.Diagnosis;

public sealed partial class HardMatchCommandsTests
{
    private static readonly Guid Present = Guid.Parse("11112222-3333-4444-5555-666677778888");

    [Theory]
    [InlineData("6f9619ff-8b86-d011-b42d-00c04fc964ff", "/xmWb4aLEdC0LQDAT8lk/w==")]
    [InlineData("897485c7-81a7-42eb-97c6-37ed73077b1f", "x4V0iaeB60KXxjftcwd7Hw==")]
    public void Write_KnownSample_StoresTheBytesThatSyncTurnsBackIntoTheAnchor(string guidText, string anchor)
    {
        var write = Steps(new(anchor), Samples.AnnsAccount)[1].Command!;

        // What the commands do: the attribute gets the bytes of the Base64, and sync makes Base64 of the attribute.
        var attribute = Convert.FromBase64String(FromBase64().Match(write).Groups[1].Value);

        Assert.Equal(anchor, Convert.ToBase64String(attribute));
        Assert.Equal(guidText, new Guid(attribute).ToString());
        Assert.NotEqual(Convert.FromHexString(guidText.Replace("-", "", StringComparison.Ordinal)), attribute);
        Assert.Equal(new SourceAnchor(anchor), (Samples.AnnsAccount with { ConsistencyGuid = new Guid(attribute) }).ExpectedAnchor(AnchorAttribute.ConsistencyGuid));
    }

    [Fact]
    public void InOrder_HardMatchAllowed_SavesWritesChecksSyncs()
    {
        var steps = Steps(Samples.OldAnchor, Samples.AnnsAccount);

        Assert.Equal(4, steps.Count);
        Assert.Contains("Export-Csv", steps[0].Command, StringComparison.Ordinal);
        Assert.Contains("Set-ADUser", steps[1].Command, StringComparison.Ordinal);
        Assert.Contains($"-ceq '{Samples.OldAnchor}'", steps[2].Command, StringComparison.Ordinal);
        Assert.Contains(Samples.OldAnchor.Value, steps[2].Expect, StringComparison.Ordinal);
        Assert.Contains("Start-ADSyncSyncCycle -PolicyType Delta", steps[3].Command, StringComparison.Ordinal);
    }

    [Fact]
    public void InOrder_CommandWithAGuard_IsOneBlock()
    {
        var guarded = Steps(Samples.OldAnchor, Samples.AnnsAccount)
            .Append(new HardMatchCommands(Samples.OldAnchor, Samples.AnnsAccount).Undo())
            .Select(step => step.Command!)
            .Where(command => command.Contains("throw", StringComparison.Ordinal))
            .ToList();

        Assert.Equal(3, guarded.Count);
        Assert.All(guarded, command => Assert.Matches(@"\A& \{\n[\s\S]*\n\}\z", command));
    }

    [Fact]
    public void InOrder_HardMatchBlocked_LiftsTheBlockAroundTheSyncAlone()
    {
        var steps = new HardMatchCommands(Samples.OldAnchor, Samples.AnnsAccount).InOrder(liftTakeoverBlock: true).ToList();

        Assert.Contains("HardMatchEnabled = $false", steps[3].Command, StringComparison.Ordinal);
        Assert.Contains("Start-ADSyncSyncCycle", steps[4].Command, StringComparison.Ordinal);
        Assert.Contains("HardMatchEnabled = $true", steps[5].Command, StringComparison.Ordinal);
    }

    [Fact]
    public void Undo_AttributeWasEmpty_EmptiesIt()
    {
        var undo = new HardMatchCommands(Samples.OldAnchor, Samples.AnnsAccount).Undo();

        Assert.Contains("-Clear 'mS-DS-ConsistencyGuid'", undo.Command, StringComparison.Ordinal);
        Assert.DoesNotContain("-Replace", undo.Command, StringComparison.Ordinal);
    }

    [Fact]
    public void Undo_AttributeWasSet_PutsThatBack()
    {
        var commands = new HardMatchCommands(Samples.OldAnchor, Samples.AnnsAccount with { ConsistencyGuid = Present });

        var undo = commands.Undo().Command!;

        Assert.Equal(Present, new Guid(Convert.FromBase64String(FromBase64().Match(undo).Groups[1].Value)));
        Assert.Contains(SourceAnchor.FromGuid(Present).Value, commands.InOrder(false).First().Expect, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'; Remove-ADUser x; '")]
    [InlineData("\u2019; Remove-ADUser x; \u2018")]
    [InlineData("x\nRemove-ADUser x")]
    public void InOrder_HostileName_StaysOneLiteralAndTheAccountIsAddressedByItsObjectGuid(string name)
    {
        var account = Samples.AnnsAccount with { SamAccountName = name, UserPrincipalName = name, Mail = name };

        var commands = Steps(Samples.OldAnchor, account).Select(step => step.Command!).ToList();

        var literal = NameCheck().Match(commands[0]).Groups[1].Value;
        Assert.Equal(name, PowerShellTextTests.Read(literal));
        Assert.All(commands, command => Assert.DoesNotContain("Remove-ADUser", command.Replace(literal, "", StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.All(
            Identity().Matches(string.Concat(commands)), match => Assert.Equal($"'{account.ObjectGuid}'", match.Groups[1].Value));
    }

    private static List<HardMatchStep> Steps(SourceAnchor anchor, DirectoryAccount account) =>
        [.. new HardMatchCommands(anchor, account).InOrder(liftTakeoverBlock: false)];

    [GeneratedRegex(@"FromBase64String\('([^']*)'\)")]
    private static partial Regex FromBase64();

    [GeneratedRegex(@"SamAccountName -ne (.*)\) \{ throw", RegexOptions.Singleline)]
    private static partial Regex NameCheck();

    [GeneratedRegex(@"-Identity (\S+)")]
    private static partial Regex Identity();
}
