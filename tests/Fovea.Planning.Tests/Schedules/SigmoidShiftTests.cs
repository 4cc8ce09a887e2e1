using Fovea.Planning.Costs;
using Fovea.Planning.Schedules;
using Fovea.Planning.Shapes;
using Fovea.Planning.Tests.Support;
using Fovea.Planning.Validation;
using FsCheck.Fluent;

namespace Fovea.Planning.Tests.Schedules;

public sealed class SigmoidShiftTests
{
    private static readonly ModelShape Llava = KnownShapes.Get("llava-1.5-7b");

    [Fact]
    public void Solve_AnyBudget_IsNeverExceeded() =>
        Generators.Check(Requests, input =>
        {
            var (spec, context) = input;
            if (SigmoidShift.Solve(spec, context) is { IsValid: true, Value: var solution } && context.VisionTokens > 0)
            {
                Assert.True(BudgetCosts.Of(spec.Budget.Kind, solution.Counts, context) <= spec.Budget.Value, $"{spec} of {context.VisionTokens}");
            }
        });

    [Fact]
    public void Solve_AnyBudget_LeavesAtMostOneTokenPerLayer() =>
        Generators.Check(Requests, input =>
        {
            var (spec, context) = input;
            if (SigmoidShift.Solve(spec, context) is { IsValid: true, Value: var solution } && !IsSaturated(solution, spec))
            {
                // One more token in every layer that may have one is over the budget.
                var more = solution.Counts.Select((count, layer) => layer < spec.First ? count : Math.Min(context.VisionTokens, count + 1));
                Assert.True(BudgetCosts.Of(spec.Budget.Kind, [.. more], context) > spec.Budget.Value, $"{spec} of {context.VisionTokens}");
            }
        });

    [Fact]
    public void Solve_LargerBudget_KeepsNoFewerTokensInAnyLayer() =>
        Generators.Check(Requests.And(Gen.Choose(1, 100)), input =>
        {
            var ((spec, context), percent) = input;
            var larger = spec with { Budget = spec.Budget with { Value = Math.Min(spec.Budget.Value * (1 + (percent / 100.0)), Limit(spec.Budget.Kind)) } };
            var small = SigmoidShift.Solve(spec, context);
            var large = SigmoidShift.Solve(larger, context);

            Assert.True(!small.IsValid || large.IsValid);
            if (small.IsValid)
            {
                Assert.All(small.Value.Counts.Zip(large.Value!.Counts), pair => Assert.True(pair.First <= pair.Second));
            }
        });

    [Fact]
    public void Solve_Infeasible_NamesTheNearestBudgetWhichIsThenFeasible() =>
        Generators.Check(Requests, input =>
        {
            var (spec, context) = input;
            var refused = SigmoidShift.Solve(spec, context);
            if (!refused.IsValid)
            {
                var fault = Assert.Single(refused.Faults);
                var nearest = Budget.Parse(fault.Message[(fault.Message.LastIndexOf(' ') + 1)..]).Require();

                Assert.Equal(PlanFaultKind.Infeasible, fault.Kind);
                Assert.True(nearest.Value > spec.Budget.Value);
                Assert.True(SigmoidShift.Solve(spec with { Budget = nearest }, context).IsValid, fault.Message);
            }
        });

    [Fact]
    public void Solve_BudgetBelowTheFullLayers_SaysWhatTheNearestIs()
    {
        var fault = Assert.Single(SigmoidShift.Solve(new(new(BudgetKind.MeanKeep, 0.1)), Samples.Context(Samples.Small, 100, 20)).Faults);

        Assert.Equal("infeasible: budget mean=0.1 cannot be reached with 3 full layers of 12, nearest is mean=0.25", fault.Message);
    }

    [Fact]
    public void Solve_ReachableLimit_IsReached()
    {
        var solution = SigmoidShift.Solve(new(new(BudgetKind.MeanKeep, 0.25)), Samples.Context(Samples.Small, 100, 20)).Require();

        Assert.Equal(0.25, solution.Cost);
    }

    [Fact]
    public void Solve_BudgetOfEverything_KeepsEverything() =>
        Assert.True(SigmoidShift.Solve(new(new(BudgetKind.MeanKeep, 1)), Samples.Context(Samples.Small, 100, 20)).Require().Rates.IsFull);

    [Fact]
    public void Solve_NoVisionTokens_IsNeverRefused() =>
        Assert.True(SigmoidShift.Solve(new(new(BudgetKind.MeanKeep, 0.1)), Samples.Context(Samples.Small, 0, 20)).IsValid);

    [Fact]
    public void Solve_PublishedBudget_IsAtMostTheCostAndAtOrAboveThePublishedMean()
    {
        // P-Sigmoid at the cost of FastV K=2, R=87.5 %: 2.66 of 2.74 TFLOPs at a mean keep of .171.
        var solution = SigmoidShift.Solve(new(new(BudgetKind.Tflops, 2.66)), Samples.Context(Llava, 576, 74)).Require();

        Assert.InRange(solution.Cost, 2.65, 2.66);
        Assert.Equal(0.171, CostModel.MeanKeep(solution.Counts.AsSpan(), 576), 0.003);
    }

    // Shifts and rates (every other layer from the first on) worked out apart for both readings of the published budgets (figure 5:
    // its one parameter is the slope, with two full layers, or the amplitude, with three); layers there count from 1, here from 0.
    [Theory]
    [InlineData("sigmoid:k=0.4808,A=1,tflops=2.66,first=2", 5.55, new[] { .77, .57, .33, .16, .07, .03 })]
    [InlineData("sigmoid:k=0.933,A=1,tflops=5.2,first=2", 16.55, new double[0])]
    [InlineData("sigmoid:k=0.221,A=0.4808,tflops=2.66,first=3", 6.9, new[] { .32, .27, .21, .16, .12, .08 })]
    [InlineData("sigmoid:k=0.221,A=0.933,tflops=5.2,first=3", 17.5, new[] { .89, .86, .83, .78, .72, .64, .54, .44, .34 })]
    public void Solve_PublishedBudget_HasTheCurveOfThePublishedReading(string text, double shift, double[] rates)
    {
        var spec = (SigmoidBudgetSpec)ScheduleSpec.Parse(text).Require();
        var solution = SigmoidShift.Solve(spec, Samples.Context(Llava, 576, 74)).Require();

        Assert.Equal(shift, solution.Curve.Shift + 1, 0.15);
        Assert.All(rates.Select((rate, index) => (rate, solution.Rates[spec.First + (2 * index)])), pair => Assert.Equal(pair.rate, pair.Item2, 0.01));
    }

    [Fact]
    public void Solve_DefaultShapeAtTheSearchedCost_IsTheFittedCurve()
    {
        var fitted = new SigmoidSpec(0.221, 0.761, 12.16);
        var rates = fitted.Resolve(Samples.Context(Llava, 576, 74)).Require().Rates;
        var budget = new Budget(BudgetKind.MeanKeep, CostModel.MeanKeep(KeepCounts.From(rates, 576, 0).AsSpan(), 576));

        var solution = SigmoidShift.Solve(new(budget), Samples.Context(Llava, 576, 74)).Require();

        Assert.Equal(KeepCounts.From(rates, 576, 0).AsEnumerable(), solution.Counts);
        Assert.Equal(12.16, solution.Curve.Shift, 0.01);
    }

    [Fact]
    public void Solve_SolvedCurve_GivesTheSameRatesByItself()
    {
        var context = Samples.Context(Llava, 576, 74);
        var solution = SigmoidShift.Solve(new(new(BudgetKind.FlopsShare, 0.4)), context).Require();

        Assert.Equal(solution.Rates, solution.Curve.Resolve(context).Require().Rates);
    }

    [Fact]
    public void Solve_ExecutedAccounting_BuysAtLeastWhatPaperDoes()
    {
        var context = Samples.Context(Llava, 576, 74);
        var paper = SigmoidShift.Solve(new(new(BudgetKind.Tflops, 4)), context).Require();
        var executed = SigmoidShift.Solve(new(new(BudgetKind.Tflops, 4)), context with { Accounting = CostAccounting.Executed }).Require();

        Assert.True(executed.Counts.Sum() > paper.Counts.Sum());
    }

    private static FsCheck.Gen<(SigmoidBudgetSpec First, ScheduleContext Second)> Requests =>
        Generators.BudgetSpec.And(Generators.Requests);

    private static bool IsSaturated(SigmoidSolution solution, SigmoidBudgetSpec spec) =>
        solution.Rates.IsFull || solution.Rates[^1] >= Math.Min(1, spec.Amplitude ?? 1) * (1 - 1e-9);

    private static double Limit(BudgetKind kind) => kind is BudgetKind.MeanKeep or BudgetKind.FlopsShare ? 1 : double.MaxValue;
}
