using Fovea.Planning.Costs;
using Fovea.Planning.Schedules;
using Fovea.Planning.Validation;
using Fovea.Scheduler.Search.Algorithms;

namespace Fovea.Scheduler.Tests.Search.Algorithms;

public sealed class PSigmoidTests
{
    private const int Layers = 12;
    private const int VisionTokens = 256;

    private static readonly ScheduleContext Context = new()
    {
        Shape = new("small", new(Layers, 192, 6, 6, 32, 512, 832), null, null),
        VisionTokens = VisionTokens,
        TextTokens = 18,
    };

    [Theory]
    [InlineData("mean=0.28")]
    [InlineData("mean=0.6")]
    [InlineData("flops=0.55")]
    [InlineData("tflops=0.0021")]
    [InlineData("kv=900000")]
    public async Task RunAsync_AnyBudget_IsNeverExceededAndWellSpent(string text)
    {
        var budget = Budget.Parse(text).Require();
        var options = Options([budget]);
        var evaluator = Needy(3);

        var result = await RunAsync(options, evaluator);

        var outcome = Assert.Single(result.Outcomes);
        Assert.All(evaluator.Counts, counts => Assert.True(Measure(budget, counts) <= budget.Value));
        Assert.Equal(outcome.Solution.Cost, Measure(budget, [.. outcome.Solution.Counts]), 9);
        Assert.InRange(outcome.Solution.Cost, 0.9 * budget.Value, budget.Value);
    }

    // The hidden curve is what the budget can buy, so a loss of 0 can be had; a hundredth is 2.5 tokens a layer.
    [Theory]
    [InlineData(0.45, 0.9, 0.4)]
    [InlineData(0.15, 0.5, 0.32)]
    [InlineData(1.1, 1.2, 0.6)]
    public async Task RunAsync_HiddenCurve_IsFound(double slope, double amplitude, double mean)
    {
        var budget = new Budget(BudgetKind.MeanKeep, mean);
        var hidden = SigmoidShift.Solve(new(budget, slope, amplitude), Context).Require().Counts;
        var found = 0;
        for (var seed = 0UL; seed < 20; seed++)
        {
            var result = await RunAsync(Options([budget]) with { Seed = seed }, Distance([.. hidden]));

            found += result.Outcomes[0].MeanLoss < 0.01 ? 1 : 0;
        }

        Assert.True(found >= 19, $"{found} of 20");
    }

    [Fact]
    public async Task RunAsync_SeveralBudgets_FillsATableByAscendingMean()
    {
        var options = Options([.. ((double[])[0.32, 0.6, 0.28, 0.4]).Select(mean => new Budget(BudgetKind.MeanKeep, mean))]);

        var result = await RunAsync(options, Needy(1));

        Assert.Equal(options.Budgets.AsEnumerable(), result.Outcomes.Select(outcome => outcome.Budget));
        Assert.Equal([0.28, 0.32, 0.4, 0.6], result.Table.Select(point => point.MeanKeep));
        Assert.All(result.Table.Zip(result.Outcomes.OrderBy(outcome => outcome.Budget.Value)), pair =>
            Assert.Equal((pair.Second.Solution.Curve.Slope, pair.Second.Solution.Curve.Amplitude), (pair.First.Slope, pair.First.Amplitude)));
        Assert.All(result.Outcomes, outcome =>
        {
            Assert.Equal(options.Trials, outcome.Trace.Length);
            Assert.Equal(outcome.Trace.OrderDescending(), outcome.Trace);
            Assert.Equal(outcome.MeanLoss, outcome.Trace[^1]);
        });
    }

    [Fact]
    public async Task RunAsync_WarmStart_IsTheFirstTrial()
    {
        var warm = KeepRates.Create([.. Enumerable.Range(0, Layers).Select(layer => layer < 3 ? 1 : 0.7 / (1 + Math.Exp(0.5 * (layer - 6.5))))]).Require();
        var options = Options([new(BudgetKind.MeanKeep, 0.4)]) with { WarmStart = warm };

        var result = await RunAsync(options, Needy(2));

        Assert.Equal(0.5, result.Trials[0].Curve!.Slope, 3);
        Assert.Equal(0.7, result.Trials[0].Curve!.Amplitude, 3);
    }

    [Fact]
    public async Task RunAsync_Racing_ChangesNoCandidate()
    {
        var options = Options([new(BudgetKind.MeanKeep, 0.3), new(BudgetKind.MeanKeep, 0.5)]) with { RaceMargin = 0.03 };
        var (plain, raced) = (Needy(5), Needy(5, new Random(1)));

        var expected = await RunAsync(options with { UseRacing = false }, plain);
        var result = await RunAsync(options, raced);

        Assert.Equal(expected.Trials.Select(trial => trial.Rates), result.Trials.Select(trial => trial.Rates));
        Assert.Equal(expected.Table.AsEnumerable(), result.Table);
        Assert.Contains(result.Trials, trial => trial.Raced);
        Assert.True(raced.Scored < plain.Scored);
    }

    [Fact]
    public async Task RunAsync_ResumedAfterSomeTrials_EndsInTheSameWay()
    {
        var options = Options([new(BudgetKind.MeanKeep, 0.3), new(BudgetKind.FlopsShare, 0.7)]) with { Trials = 14 };
        var expected = await RunAsync(options, Needy(7));

        foreach (var done in (int[])[1, 9, 17, expected.Trials.Length])
        {
            var evaluator = Needy(7, new Random(done));
            var result = await new PSigmoid(options, evaluator, new TrialRecorder()).RunAsync(new(expected.Trials.Take(done)));

            Assert.Equal(expected.Table.AsEnumerable(), result.Table);
            Assert.Equal(expected.Trials.Length - done, evaluator.Requests.Count);
        }
    }

    [Fact]
    public async Task RunAsync_EqualCounts_AreScoredOnce()
    {
        // Twelve tokens leave few different counts.
        var context = Context with { VisionTokens = 12 };
        var evaluator = new OracleEvaluator(10, 12, (counts, sample) => counts[6] + counts[9] > sample ? 0 : 1);

        var result = await RunAsync(Options([new(BudgetKind.MeanKeep, 0.45)]) with { Context = context, UseRacing = false }, evaluator);

        Assert.Equal(evaluator.Counts.Count, evaluator.Counts.Select(counts => string.Join(',', counts)).Distinct().Count());
        Assert.True(evaluator.Counts.Count < result.Outcomes[0].Trace.Length);
    }

    [Fact]
    public async Task RunAsync_EqualLosses_PrefersFewerFlopsThenLowerSlope()
    {
        var evaluator = new OracleEvaluator(4, VisionTokens, (_, _) => 0);

        var result = await RunAsync(Options([new(BudgetKind.MeanKeep, 0.5)]), evaluator);

        var expected = result.Trials.MinBy(trial => (Flops([.. trial.Counts]), trial.Curve!.Slope))!;
        Assert.Equal(expected.Rates, result.Outcomes[0].Solution.Rates);
    }

    [Fact]
    public void Check_BudgetBelowTheFullLayers_NamesTheNearest()
    {
        var faults = PSigmoid.Check(Options([new(BudgetKind.MeanKeep, 0.2), new(BudgetKind.MeanKeep, 0.4), new(BudgetKind.MeanKeep, 1.5)]));

        Assert.Equal([PlanFaultKind.Infeasible, PlanFaultKind.InvalidArgument], faults.Select(fault => fault.Kind));
        Assert.Contains("nearest is mean=0.25", faults[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_States_EndAtWhatWasExpected()
    {
        var recorder = new TrialRecorder();
        var options = Options([new(BudgetKind.MeanKeep, 0.3), new(BudgetKind.MeanKeep, 0.5)]) with { Trials = 10 };

        await new PSigmoid(options, Needy(4), recorder).RunAsync(RecordedTrials.None);

        Assert.All(recorder.States, state => Assert.InRange(state.TrialsExpected, state.TrialsDone, 20));
        Assert.Equal(recorder.States[^1].TrialsDone, recorder.States[^1].TrialsExpected);
        Assert.Equal([0, 1], recorder.States.Select(state => state.Step).Distinct());
        Assert.Equal([1, 0], recorder.Trials.Select(trial => trial.Step).Distinct()); // the larger budget is searched first
    }

    private static Task<PSigmoidResult> RunAsync(PSigmoidOptions options, ITrialEvaluator evaluator) =>
        new PSigmoid(options, evaluator, new TrialRecorder()).RunAsync(RecordedTrials.None);

    private static PSigmoidOptions Options(Budget[] budgets) => new() { Context = Context, Budgets = [.. budgets] };

    /// <summary>Each of 100 samples needs its own share of the tokens early and late.</summary>
    private static OracleEvaluator Needy(int seed, Random? order = null)
    {
        var random = new Random(seed);
        var needs = Enumerable.Range(0, 100).Select(_ => (Early: random.Next(200), Middle: random.Next(120), Late: random.Next(40))).ToArray();
        return new(100, VisionTokens, (counts, i) => counts[4] >= needs[i].Early && counts[7] >= needs[i].Middle && counts[10] >= needs[i].Late ? 0 : 1, order);
    }

    private static OracleEvaluator Distance(int[] hidden) => new(
        1, VisionTokens, (counts, _) => counts.Zip(hidden).Average(layer => Math.Abs(layer.First - layer.Second)) / VisionTokens);

    private static double Measure(Budget budget, int[] counts) => budget.Kind switch
    {
        BudgetKind.MeanKeep => CostModel.MeanKeep(counts, VisionTokens),
        BudgetKind.FlopsShare => Flops(counts) / Flops([.. Enumerable.Repeat(VisionTokens, Layers)]),
        BudgetKind.Tflops => Flops(counts) / 1e12,
        _ => CostModel.KvBytes(Context.Shape, counts, Context.TextTokens),
    };

    private static double Flops(int[] counts) =>
        CostModel.Evaluate(Context.Shape, counts, TokenLayout.UpperBound(VisionTokens, Context.TextTokens), Context.Accounting).Total;
}
