using Reanchor.Inventories;

namespace Reanchor.UnitTests.Inventories;

public sealed class RepeatFinderTests
{
    [Theory]
    [InlineData(50)]
    [InlineData(200_000)] // well beyond what waits in memory
    public void Find_SomeListedAgain_NamesBothLinesInOrder(int values)
    {
        using var finder = new RepeatFinder();

        for (var line = 0; line < values; line++)
        {
            finder.Add(Key(line), line);
        }

        finder.Add(Key(values - 1), values);
        finder.Add(Key(7), values + 1);
        finder.Add(Key(7), values + 2);

        Repeat[] all = [new(Key(values - 1), values, values - 1), new(Key(7), values + 1, 7), new(Key(7), values + 2, 7)];
        Assert.Equal(all, finder.Find(10));
        Assert.Equal(all[..2], finder.Find(2));
    }

    [Fact]
    public void Find_AllTheSame_GivesTheFirstFew()
    {
        using var finder = new RepeatFinder();

        for (var line = 2; line < 100_000; line++)
        {
            finder.Add(Guid.Empty, line);
        }

        Assert.Equal([3, 4, 5], finder.Find(3).Select(r => r.Line));
    }

    [Fact]
    public void Find_None_IsEmpty()
    {
        using var finder = new RepeatFinder();

        Assert.Empty(finder.Find(5));
    }

    private static Guid Key(int number) => new(number, 7, 7, new byte[8]);
}
