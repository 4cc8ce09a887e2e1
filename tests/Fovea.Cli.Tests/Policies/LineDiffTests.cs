using FsCheck;
using FsCheck.Fluent;
using Fovea.Cli.Policies;

namespace Fovea.Cli.Tests.Policies;

public sealed class LineDiffTests
{
    private static readonly Gen<(string[] Before, string[] After)> Pairs =
        from before in Gen.ArrayOf(Gen.Elements("a", "b", "c"))
        from after in Gen.ArrayOf(Gen.Elements("a", "b", "c"))
        select (before, after);

    [Fact]
    public void Of_OneLineChanged_ShowsItBetweenItsNeighbours() =>
        Assert.Equal(
            ["  ...", "  3", "  4", "  5", "- 6", "+ six", "  7", "  8", "  9", "  ..."],
            LineDiff.Of(string.Join('\n', Enumerable.Range(1, 12)), string.Join('\n', Enumerable.Range(1, 12)).Replace("6", "six", StringComparison.Ordinal)));

    [Fact]
    public void Of_NothingBefore_AddsEveryLine() => Assert.Equal(["+ a", "+ b"], LineDiff.Of(string.Empty, "a\nb\n"));

    [Fact]
    public void Of_EqualTexts_IsEmpty() => Assert.Empty(LineDiff.Of("a\nb\n", "a\nb"));

    [Fact]
    public void Of_AnyTexts_GivesBothBack() =>
        Prop.ForAll(Pairs.ToArbitrary(), pair =>
        {
            var (before, after) = (string.Join('\n', pair.Before), string.Join('\n', pair.After));

            var lines = LineDiff.Of(before, after);

            // Short texts that differ are shown whole when no line is further than the context from a difference.
            if (lines.Count > 0 && !lines.Contains("  ..."))
            {
                Assert.Equal(pair.Before, lines.Where(line => line[0] != '+').Select(line => line[2..]));
                Assert.Equal(pair.After, lines.Where(line => line[0] != '-').Select(line => line[2..]));
            }

            Assert.Equal(before == after, lines.Count == 0);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20_241_200, 7));
}
