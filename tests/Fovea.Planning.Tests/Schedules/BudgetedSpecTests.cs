using Fovea.Planning.Schedules;
using Fovea.Planning.Shapes;
using Fovea.Planning.Tests.Support;
using Fovea.Planning.Validation;
using FsCheck.Fluent;

namespace Fovea.Planning.Tests.Schedules;

public sealed class BudgetedSpecTests
{
    private static readonly ScheduleContext Llava = Samples.Context(KnownShapes.Get("llava-1.5-7b"), 576, 74);

    [Fact]
    public void Solve_AnyRivalAndBudget_IsNeverExceededAndNeverRegainsTokens() =>
        Generators.Check(Requests, input =>
        {
            var (spec, context) = input;
            if (spec.Solve(context) is { IsValid: true, Value: var solution } && context.VisionTokens > 0)
            {
                // The cost table's sum may be added up in another order here.
                Assert.True(BudgetCosts.Of(spec.Budget.Kind, solution.Counts, context) <= spec.Budget.Value * (1 + 1e-12), $"{spec} of {context.VisionTokens}");
                Assert.Equal(solution.Counts.OrderDescending(), solution.Counts);
                Assert.Equal(solution.Rates, KeepRates.Create(solution.Rates.AsSpan()).Require());
            }
        });

    [Fact]
    public void Solve_AnyRivalButVtw_LeavesAtMostOneTokenPerLayer() =>
        Generators.Check(Requests.Where(input => input.First is not VtwBudgetSpec), input =>
        {
            var (spec, context) = input;
            if (spec.Solve(context) is { IsValid: true, Value: var solution } && !solution.Rates.IsFull)
            {
                // Every layer that sees fewer tokens than all may have one more, and that is over the budget.
                var first = solution.Rates.Count(rate => rate == 1);
                var more = solution.Counts.Select((count, layer) => layer < first ? count : Math.Min(context.VisionTokens, count + 1));
                Assert.True(BudgetCosts.Of(spec.Budget.Kind, [.. more], context) > spec.Budget.Value, $"{spec} of {context.VisionTokens}");
            }
        });

    [Fact]
    public void Solve_Vtw_IsTheLargestKWithinTheBudget() =>
        Generators.Check(Generators.Budget.And(Generators.Requests), input =>
        {
            var (budget, context) = input;
            if (context.VisionTokens > 0 && new VtwBudgetSpec(budget).Solve(context) is { IsValid: true, Value: var solution } && !solution.Rates.IsFull)
            {
                var deepest = ((VtwSpec)solution.Schedule).K;
                var next = KeepCounts.From(new VtwSpec(deepest + 1).Resolve(context).Require().Rates, context.VisionTokens, 0);
                Assert.True(BudgetCosts.Of(budget.Kind, next, context) > budget.Value);
                Assert.Equal(0, solution.Floor);
            }
        });

    [Fact]
    public void Solve_LargerBudget_KeepsNoFewerTokensInAnyLayer() =>
        Generators.Check(Requests.And(Gen.Choose(1, 100)), input =>
        {
            var ((spec, context), percent) = input;
            var most = spec.Budget.Kind is BudgetKind.MeanKeep or BudgetKind.FlopsShare ? 1 : double.MaxValue;
            var larger = spec with { Budget = spec.Budget with { Value = Math.Min(most, spec.Budget.Value * (1 + (percent / 100.0))) } };
            var (small, large) = (spec.Solve(context), larger.Solve(context));

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
            if (spec.Solve(context) is { IsValid: false, Faults: [var fault] })
            {
                var nearest = Budget.Parse(fault.Message[(fault.Message.LastIndexOf(' ') + 1)..]).Require();

                Assert.Equal(PlanFaultKind.Infeasible, fault.Kind);
                Assert.True(nearest.Value > spec.Budget.Value);
                Assert.True((spec with { Budget = nearest }).Solve(context).IsValid, fault.Message);
            }
        });

    [Fact]
    public void Solve_WrittenFormOfTheSolution_GivesTheSameCounts() =>
        Generators.Check(Requests, input =>
        {
            var (spec, context) = input;
            if (spec.Solve(context) is { IsValid: true, Value: var solution })
            {
                var written = ScheduleSpec.Parse(solution.Schedule.ToString()).Require().Resolve(context).Require();
                Assert.Equal(solution.Counts.AsEnumerable(), written.Counts(context.VisionTokens, context.Floor));
            }
        });

    [Theory]
    [InlineData("fastv:K=2,mean=0.53125", "fastv:K=2,R=0.5")]
    [InlineData("pdrop:layers=8/16/24,mean=0.46875", "pdrop:layers=8/16/24,keep=0.5/0.25/0.125")]
    [InlineData("vtw:mean=0.5", "vtw:K=16")]
    [InlineData("vtw:mean=0.531", "vtw:K=16")]
    [InlineData("uniform:mean=0.546875,first=3", "uniform:r=0.5,first=3")]
    [InlineData("sparsevlm:layers=2/6/15,mean=0.32672", "sparsevlm:layers=2/6/15,keep=0.5208334/0.3472223/0.1909723")]
    public void Solve_MeanOfThePublishedSetting_IsThePublishedSetting(string budgeted, string published) =>
        Assert.Equal(Samples.Counts(published, Llava.Shape, 576).AsEnumerable(), Samples.Counts(budgeted, Llava.Shape, 576));

    [Fact]
    public void Resolve_Infeasible_SaysHowManyLayersAreFull()
    {
        var fault = Assert.Single(ScheduleSpec.Parse("vtw:mean=0.01").Require().Resolve(Samples.Context(Samples.Small, 100, 20)).Faults);

        Assert.Equal("infeasible: budget mean=0.01 cannot be reached with 1 full layer of 12, nearest is mean=0.0833334", fault.Message);
    }

    [Fact]
    public void Resolve_MillisecondsWithoutATable_SaysThatNoneWasMeasured()
    {
        var fault = Assert.Single(ScheduleSpec.Parse("sigmoid:ms=40").Require().Resolve(Llava).Faults);

        Assert.Equal(PlanFaultKind.FailedPrecondition, fault.Kind);
        Assert.Equal("budget ms=40 needs a cost table: no cost table was measured for model llava-1.5-7b", fault.Message);
    }

    private static FsCheck.Gen<(BudgetedSpec First, ScheduleContext Second)> Requests => Generators.Rivals.And(Generators.Requests);
}
