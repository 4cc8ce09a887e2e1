using System.Text.Json;
using Fovea.Planning.Schedules;
using Fovea.Planning.Tests.Support;
using FsCheck.Fluent;

namespace Fovea.Planning.Tests.Schedules;

public sealed class KeepCountsTests
{
    public static TheoryData<string> Cases =>
        [.. RepositoryFiles.FixturesIn("llava/cases", "*.json").Concat(RepositoryFiles.FixturesIn("llava-sharded/cases", "*.json")).Where(IsPruned)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void From_RecordedRates_GivesTheRecordedCounts(string path)
    {
        using var document = JsonDocument.Parse(RepositoryFiles.Fixture(path));
        var root = document.RootElement;
        var rates = KeepRates.Create(root.GetProperty("rates").EnumerateArray().Select(rate => rate.GetDouble()).ToArray()).Require();
        var expected = root.GetProperty("counts").EnumerateArray().Select(count => count.GetInt32());

        var counts = KeepCounts.From(rates, root.GetProperty("vision_tokens").GetInt32(), root.GetProperty("floor").GetInt32());

        Assert.Equal(expected, counts);
    }

    [Fact]
    public void Cases_Recorded_AreAllThere() => Assert.Equal(24, Cases.Count);

    [Theory]
    [InlineData(0.3, 10, 3)] // 0.3 * 10 is below 3 in floating point only by rounding
    [InlineData(0.29, 100, 29)] // 28.999999999999996
    [InlineData(0.2899999, 100, 28)]
    [InlineData(0.5, 5, 2)]
    public void From_DecimalRate_ReachesTheIntegerItMeans(double rate, int visionTokens, int expected) =>
        Assert.Equal(expected, KeepCounts.From(KeepRates.Create([1, rate]).Require(), visionTokens, 0)[1]);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(5, 5)]
    [InlineData(50, 10)]
    public void From_RateZero_KeepsTheFloor(int floor, int expected) =>
        Assert.Equal(new[] { 10, expected }, KeepCounts.From(KeepRates.Create([1, 0]).Require(), 10, floor));

    [Theory]
    [InlineData(8, 0, new[] { 100, 72, 48, 0 })]
    [InlineData(8, 3, new[] { 100, 72, 48, 3 })]
    [InlineData(64, 10, new[] { 100, 64, 10, 10 })]
    public void From_Bucket_RoundsDownButNotBelowTheFloor(int bucket, int floor, int[] expected) =>
        Assert.Equal(expected, KeepCounts.From(KeepRates.Create([1, 0.75, 0.5, 0.02]).Require(), 100, floor, bucket));

    [Fact]
    public void From_AnyRates_FallWithDepthAndStayWithinN() =>
        Generators.Check(Generators.Rates.And(Generators.Tokens).And(Generators.Floor.And(Gen.Choose(1, 64))), input =>
        {
            var ((rates, visionTokens), (floor, bucket)) = input;

            var counts = KeepCounts.From(rates, visionTokens, floor, bucket);

            Assert.Equal(rates.Count, counts.Length);
            Assert.Equal(visionTokens, counts[0]);
            Assert.Equal(counts.OrderDescending(), counts);
            Assert.All(counts, count => Assert.InRange(count, Math.Min(floor, visionTokens), visionTokens));
        });

    [Fact]
    public void From_KeepOne_IsTheIdentity() =>
        Generators.Check(Generators.Tokens.And(Generators.Floor).And(Gen.Choose(1, 64)), input =>
            Assert.All(KeepCounts.From(KeepRates.Full(12), input.First.First, input.First.Second, input.Second), count => Assert.Equal(input.First.First, count)));

    [Fact]
    public void From_WithoutFloor_NeverExceedsTheRate() =>
        Generators.Check(Generators.Rates.And(Generators.Tokens), input =>
        {
            var counts = KeepCounts.From(input.First, input.Second, 0);

            Assert.All(counts.Zip(input.First), pair => Assert.True(pair.First <= (pair.Second * input.Second) + KeepCounts.Slack));
        });

    [Fact]
    public void Fill_AnyRates_WritesTheSameCounts() =>
        Generators.Check(Generators.Rates.And(Generators.Tokens).And(Generators.Floor), input =>
        {
            var counts = new int[input.First.First.Count];

            KeepCounts.Fill(input.First.First.AsSpan(), input.First.Second, input.Second, counts);

            Assert.Equal(KeepCounts.From(input.First.First, input.First.Second, input.Second), counts);
        });

    [Fact]
    public void From_NegativeArguments_Throw()
    {
        var rates = KeepRates.Full(2);

        Assert.Throws<ArgumentOutOfRangeException>(() => KeepCounts.From(rates, -1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => KeepCounts.From(rates, 1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => KeepCounts.From(rates, 1, 0, 0));
    }

    private static bool IsPruned(string path)
    {
        using var document = JsonDocument.Parse(RepositoryFiles.Fixture(path));
        return document.RootElement.TryGetProperty("counts", out _);
    }
}
