using System.Collections.Immutable;
using Fovea.Scheduler.Search.Algorithms;

namespace Fovea.Scheduler.Tests.Search.Algorithms;

public sealed class TrialJudgeTests
{
    // However the samples arrive, a verdict before the end is the verdict at the end.
    [Theory]
    [InlineData(nameof(LossKind.Binary), nameof(ConfidenceRule.None))]
    [InlineData(nameof(LossKind.Binary), nameof(ConfidenceRule.Lenient))]
    [InlineData(nameof(LossKind.Binary), nameof(ConfidenceRule.Strict))]
    [InlineData(nameof(LossKind.Nats), nameof(ConfidenceRule.None))]
    [InlineData(nameof(LossKind.Nats), nameof(ConfidenceRule.Lenient))]
    [InlineData(nameof(LossKind.Nats), nameof(ConfidenceRule.Strict))]
    public void Decide_OnSomeSamples_NeverDiffersFromTheEnd(string kind, string rule)
    {
        var (early, verdicts) = (0, new HashSet<TrialVerdict>());
        for (var seed = 0; seed < 3000; seed++)
        {
            var random = new Random(seed);
            var samples = random.Next(2, 30);
            var (base0, extra) = (random.NextDouble() * 0.5, random.NextDouble());
            ImmutableArray<double> full = [.. Enumerable.Range(0, samples).Select(_ => Loss(random, Enum.Parse<LossKind>(kind), base0))];
            double[] losses = [.. full.Select(loss => random.NextDouble() < extra * 0.6 ? Loss(random, Enum.Parse<LossKind>(kind), extra) : loss)];
            var judge = new TrialJudge(new(Enum.Parse<LossKind>(kind), Enum.Parse<ConfidenceRule>(rule), 0.55 + (0.44 * random.NextDouble())), full);
            var tolerance = random.Next(3) == 0 ? 0 : random.NextDouble() * 0.4;
            var end = judge.Decide(new([.. losses], 0), tolerance);
            verdicts.Add(end);
            Assert.NotEqual(TrialVerdict.Undecided, end);

            int[] order = [.. Enumerable.Range(0, samples)];
            random.Shuffle(order);
            var known = Enumerable.Repeat(double.NaN, samples).ToArray();
            foreach (var sample in order[..^1])
            {
                known[sample] = losses[sample];
                var verdict = judge.Decide(new([.. known], 0), tolerance);
                Assert.True(verdict == TrialVerdict.Undecided || verdict == end, $"seed {seed}: {verdict} before {end}");
                early += verdict == TrialVerdict.Undecided ? 0 : 1;
            }
        }

        Assert.Equal(2, verdicts.Count);
        Assert.Equal(kind == nameof(LossKind.Binary) || rule == nameof(ConfidenceRule.None), early > 0);
    }

    // One answer more lost than the tolerance allows fails as soon as it is known; enough right answers pass as soon as they are.
    [Fact]
    public void Decide_NoRule_EndsAtTheSampleThatSettlesIt()
    {
        var judge = new TrialJudge(new(LossKind.Binary), [.. new double[10]]);

        Assert.Equal(TrialVerdict.Undecided, judge.Decide(Scores(2, 0, 10), 0.2));
        Assert.Equal(TrialVerdict.Fail, judge.Decide(Scores(3, 0, 10), 0.2));
        Assert.Equal(TrialVerdict.Undecided, judge.Decide(Scores(0, 7, 10), 0.2));
        Assert.Equal(TrialVerdict.Pass, judge.Decide(Scores(0, 8, 10), 0.2));
    }

    [Theory]
    [InlineData(0.005, 4, nameof(TrialVerdict.Pass))] // half a point of 800 is exactly four answers
    [InlineData(0.005, 5, nameof(TrialVerdict.Fail))]
    [InlineData(0.0025, 2, nameof(TrialVerdict.Pass))]
    [InlineData(0, 0, nameof(TrialVerdict.Pass))]
    [InlineData(0, 1, nameof(TrialVerdict.Fail))]
    public void Decide_NoRule_AllowsExactlyTheTolerance(double tolerance, int lost, string expected) =>
        Assert.Equal(expected, new TrialJudge(new(LossKind.Binary), [.. new double[800]]).Decide(Scores(lost, 800 - lost, 800), tolerance).ToString());

    // The sign test at 95 %: four of four lost have a chance of 1/16, five of five of 1/32.
    [Theory]
    [InlineData(nameof(ConfidenceRule.Lenient), 4, 0, nameof(TrialVerdict.Pass))]
    [InlineData(nameof(ConfidenceRule.Lenient), 5, 0, nameof(TrialVerdict.Fail))]
    [InlineData(nameof(ConfidenceRule.Lenient), 5, 1, nameof(TrialVerdict.Pass))]
    [InlineData(nameof(ConfidenceRule.Strict), 0, 0, nameof(TrialVerdict.Fail))]
    [InlineData(nameof(ConfidenceRule.Strict), 0, 4, nameof(TrialVerdict.Fail))]
    [InlineData(nameof(ConfidenceRule.Strict), 0, 5, nameof(TrialVerdict.Pass))]
    public void Decide_RuleAtToleranceZero_IsTheSignTest(string rule, int lost, int won, string expected)
    {
        var full = new double[100];
        full.AsSpan(50, won).Fill(1);
        var judge = new TrialJudge(new(LossKind.Binary, Enum.Parse<ConfidenceRule>(rule)), [.. full]);

        Assert.Equal(expected, judge.Decide(Scores(lost, 100 - lost, 100), 0).ToString());
    }

    // At a tolerance of one answer in a hundred: 800 questions without any loss prove it, 200 do not.
    [Theory]
    [InlineData(800, 0, nameof(TrialVerdict.Pass))]
    [InlineData(200, 0, nameof(TrialVerdict.Fail))]
    [InlineData(800, 6, nameof(TrialVerdict.Fail))]
    public void Decide_StrictRule_PassesOnlyWhatIsProven(int samples, int lost, string expected) =>
        Assert.Equal(expected, new TrialJudge(new(LossKind.Binary, ConfidenceRule.Strict), [.. new double[samples]]).Decide(Scores(lost, samples - lost, samples), 0.01).ToString());

    [Fact]
    public void Decide_NatsWithRule_ComparesTheMeanWithItsError()
    {
        // Mean 0.1, deviation 0.1, 25 samples: the one-sided 95 % error is 1.711 * 0.02.
        double[] losses = [.. Enumerable.Range(0, 25).Select(i => 0.1 + (0.1 * Math.Sqrt(24 / 24d) * (i == 24 ? 0 : i % 2 == 0 ? 1 : -1)))];
        var lenient = new TrialJudge(new(LossKind.Nats, ConfidenceRule.Lenient), [.. new double[25]]);
        var strict = new TrialJudge(new(LossKind.Nats, ConfidenceRule.Strict), [.. new double[25]]);
        var scores = new TrialScores([.. losses], 0);

        Assert.Equal(TrialVerdict.Pass, lenient.Decide(scores, 0.1 - 0.0342));
        Assert.Equal(TrialVerdict.Fail, lenient.Decide(scores, 0.1 - 0.0343));
        Assert.Equal(TrialVerdict.Fail, strict.Decide(scores, 0.1 + 0.0342));
        Assert.Equal(TrialVerdict.Pass, strict.Decide(scores, 0.1 + 0.0343));
    }

    [Fact]
    public void Decide_InfiniteLoss_Fails()
    {
        foreach (var rule in Enum.GetValues<ConfidenceRule>())
        {
            var judge = new TrialJudge(new(LossKind.Nats, rule), [0.1, 0.2]);
            Assert.Equal(TrialVerdict.Fail, judge.Decide(new([0.1, double.PositiveInfinity], 0), 1));
        }
    }

    [Fact]
    public void Decide_ImpossibleLoss_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrialJudge(new(LossKind.Binary), [0]).Decide(new([0.5], 0), 0));

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Constructor_ConfidenceOutOfRange_Throws(double confidence) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrialJudge(new(LossKind.Binary, ConfidenceRule.Strict, confidence), [0]));

    private static TrialScores Scores(int lost, int kept, int samples) => new(
        [.. Enumerable.Range(0, samples).Select(i => i < lost ? 1d : i < lost + kept ? 0d : double.NaN)], 0);

    private static double Loss(Random random, LossKind kind, double size) =>
        kind == LossKind.Binary ? (random.NextDouble() < size ? 1 : 0) : -Math.Log(1 - random.NextDouble()) * size;
}
