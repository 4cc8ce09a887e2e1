using System.Text.Json;
using Fovea.Executor.Calibration.Studies;
using Fovea.Executor.Calibration.Trials;
using Fovea.Executor.Tests.Doubles;
using Fovea.Executor.Text;

namespace Fovea.Executor.Tests.Calibration;

/// <summary>The small parts of trials and studies.</summary>
public sealed class TrialPiecesTests
{
    [Fact]
    public void Encode_AnswersThatTheModelGave_TokensAreTheOnesItWrote()
    {
        using var recorded = JsonDocument.Parse(File.ReadAllText(Path.Combine(FixtureFiles.Root, "models", "demo", "answers.json")));

        foreach (var answer in recorded.RootElement.EnumerateArray())
        {
            var written = answer.GetProperty("tokens").EnumerateArray().Select(id => id.GetInt32()).Where(id => id != 2);
            var text = new PromptPart.Text(answer.GetProperty("text").GetString()!);
            Assert.Equal(written, TestExecutor.Tokenizer.Encode(new PromptParts([text]), addSpecialTokens: false));
        }
    }

    [Fact]
    public void Divergence_TwoDistributions_IsTheirSumInNats()
    {
        float[] half = [MathF.Log(1), MathF.Log(1)];
        float[] quarter = [MathF.Log(1), MathF.Log(3)];

        Assert.Equal((0.5 * Math.Log(0.5 / 0.25)) + (0.5 * Math.Log(0.5 / 0.75)), Distributions.Divergence(half, quarter), 1e-6);
        Assert.Equal(0, Distributions.Divergence(quarter, quarter));
        Assert.Equal(Math.Log(0.75), Distributions.LogProbability(quarter, 1), 1e-6);
    }

    [Theory]
    [InlineData(new float[] { 1, 2, 3, 4 }, new float[] { 10, 20, 30, 40 }, 1)]
    [InlineData(new float[] { 1, 2, 3, 4 }, new float[] { 4, 3, 2, 1 }, -1)]
    [InlineData(new float[] { 1, 2, 3 }, new float[] { 1, 3, 2 }, 1.0 / 3)]
    [InlineData(new float[] { 1, 1, 1 }, new float[] { 1, 2, 3 }, 0)]
    [InlineData(new float[] { 1, 1, 2, 3 }, new float[] { 1, 2, 2, 3 }, 0.8)]
    public void TauB_SmallLists_IsTheTextbooks(float[] x, float[] y, double expected) =>
        Assert.Equal(expected, RankCorrelation.TauB(x, y), 1e-12);

    [Fact]
    public void TauB_RandomListsWithTies_IsTheCountOverAllPairs()
    {
        var random = new Random(3);
        for (var round = 0; round < 50; round++)
        {
            var x = Enumerable.Range(0, 40).Select(_ => (float)random.Next(12)).ToArray();
            var y = Enumerable.Range(0, 40).Select(_ => (float)random.Next(12)).ToArray();
            var pairs = (from i in Enumerable.Range(0, 40) from j in Enumerable.Range(0, i) select (X: x[i].CompareTo(x[j]), Y: y[i].CompareTo(y[j]))).ToList();
            var expected = pairs.Sum(pair => pair.X * pair.Y)
                / Math.Sqrt((double)pairs.Count(pair => pair.X != 0) * pairs.Count(pair => pair.Y != 0));

            Assert.Equal(expected, RankCorrelation.TauB(x, y), 1e-12);
        }
    }

    [Theory]
    [InlineData(new float[] { 3, 1, 2 }, 2)]
    [InlineData(new float[] { 4, 1, 2, 3 }, 2.5)]
    public void Median_Values_IsTheMiddle(float[] values, double expected) => Assert.Equal(expected, RankCorrelation.Median(values));

    [Theory]
    [InlineData(200, new[] { 32, 64, 128, 200 })]
    [InlineData(64, new[] { 32, 64 })]
    [InlineData(7, new[] { 7 })]
    public void Ladder_MostRows_DoublesUpToIt(int most, int[] expected) => Assert.Equal(expected, CostMeter.Ladder(most));

    [Fact]
    public void ByteCache_MoreThanFits_TheLongestUnusedGoes()
    {
        using var cache = new ByteCache<string, object>(10);
        cache.Put("a", new object(), 4);
        cache.Put("b", new object(), 4);
        cache.Find("a");

        cache.Put("c", new object(), 4);
        cache.Put("d", new object(), 11);

        Assert.Equal([true, false, true, false], new[] { "a", "b", "c", "d" }.Select(key => cache.Find(key) is not null));
        Assert.Equal(8, cache.Bytes);
    }
}
