using Fovea.Planning.Schedules;
using Fovea.Planning.Shapes;
using Fovea.Planning.Tables;
using Fovea.Planning.Tests.Support;
using Fovea.Planning.Validation;
using FsCheck.Fluent;

namespace Fovea.Planning.Tests.Tables;

public sealed class BudgetTableTests
{
    private static readonly BudgetTable Table = Samples.Table;
    private static readonly ScheduleContext Llava = Samples.Context(KnownShapes.Get("llava-1.5-7b"), 576, 74) with { Latency = Samples.Latency };

    [Fact]
    public void Resolve_MeanOfAPoint_IsThatPointsShape() =>
        Assert.All(Table.Points, point =>
        {
            var mean = new Budget(BudgetKind.MeanKeep, point.MeanKeep);
            var own = new SigmoidBudgetSpec(mean, point.Slope, point.Amplitude, Table.First);

            var resolved = Table.Resolve(mean, Llava).Require();

            Assert.Equal(own.Resolve(Llava).Require().Rates, resolved.Rates);
            Assert.Equal($"{own},table=search-1", resolved.Text);
        });

    [Fact]
    public void ShapeAt_BetweenPoints_IsLinear()
    {
        var middle = Table.ShapeAt((Table.Points[0].MeanKeep + Table.Points[1].MeanKeep) / 2);

        Assert.Equal((Table.Points[0].Slope + Table.Points[1].Slope) / 2, middle.Slope, 12);
        Assert.Equal((Table.Points[0].Amplitude + Table.Points[1].Amplitude) / 2, middle.Amplitude, 12);
    }

    [Fact]
    public void Resolve_AnyBudget_IsNeverExceededAndNeverRegainsTokens() =>
        Generators.Check(Requests, input =>
        {
            var (budget, context) = input;
            if (Table.Resolve(budget, context) is { IsValid: true, Value: var resolved } && context.VisionTokens > 0)
            {
                var counts = resolved.Counts(context.VisionTokens, context.Floor);
                Assert.True(BudgetCosts.Of(budget.Kind, counts, context) <= budget.Value * (1 + 1e-12), $"{budget} of {context.VisionTokens}");
                Assert.Equal(counts.OrderDescending(), counts);
            }
        });

    [Fact]
    public void Resolve_LargerBudget_KeepsNoFewerTokensBesideOneOfEachLayer() =>
        Generators.Check(Requests.And(Gen.Choose(1, 20)), input =>
        {
            var ((budget, context), percent) = input;
            var small = Table.Resolve(budget, context);
            var large = Table.Resolve(budget with { Value = budget.Value * (1 + (percent / 100.0)) }, context);
            if (small.IsValid && large.IsValid)
            {
                var (few, many) = (small.Value.Counts(context.VisionTokens, context.Floor), large.Value.Counts(context.VisionTokens, context.Floor));
                Assert.True(few.Sum() <= many.Sum() + context.Shape.Layers, $"{budget} of {context.VisionTokens}");
            }
        });

    [Fact]
    public void Resolve_Outside_NamesTheNearestBudgetWhichIsThenFeasible() =>
        Generators.Check(Requests, input =>
        {
            var (budget, context) = input;
            if (Table.Resolve(budget, context) is { IsValid: false, Faults: [var fault] })
            {
                var nearest = Budget.Parse(fault.Message[(fault.Message.LastIndexOf(' ') + 1)..]).Require();

                Assert.Equal((PlanFaultKind.Infeasible, budget.Kind), (fault.Kind, nearest.Kind));
                if (budget.Kind != BudgetKind.MeanKeep)
                {
                    Assert.True(Table.Resolve(nearest, context).IsValid, fault.Message);
                }
            }
        });

    [Theory]
    [InlineData("flops=0.44")]
    [InlineData("tflops=3.6")]
    [InlineData("kv=140e6")]
    [InlineData("ms=38")]
    public void Resolve_OtherKind_FindsTheShapeOfItsOwnMean(string text)
    {
        var resolved = Table.Resolve(Budget.Parse(text).Require(), Llava).Require();
        var mean = resolved.Counts(576, 0).Sum() / (576.0 * 32);
        var shape = Table.ShapeAt(mean);

        // The schedule's mean keep rate differs from the coordinate by less than a token, and so does its shape.
        var solved = (SigmoidBudgetSpec)ScheduleSpec.Parse(resolved.Text![..resolved.Text!.IndexOf(",table", StringComparison.Ordinal)]).Require();
        Assert.InRange(mean, Table.Least, Table.Most);
        Assert.Equal(shape.Slope, solved.Slope!.Value, 1e-3);
        Assert.Equal(shape.Amplitude, solved.Amplitude!.Value, 1e-3);
    }

    [Theory]
    [InlineData("mean=0.1", "nearest is mean=0.28")]
    [InlineData("mean=0.5", "nearest is mean=0.4")]
    public void Resolve_MeanOutside_NamesTheEnd(string text, string nearest)
    {
        var fault = Assert.Single(Table.Resolve(Budget.Parse(text).Require(), Llava).Faults);

        Assert.Contains("is outside table search-1 of mean keep 0.28 to 0.4", fault.Message, StringComparison.Ordinal);
        Assert.EndsWith(nearest, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_Floors_TakesTheLarger()
    {
        var budget = new Budget(BudgetKind.MeanKeep, 0.3);

        Assert.Equal(7, (Table with { Floor = 7 }).Resolve(budget, Llava).Require().Floor);
        Assert.Equal(9, (Table with { Floor = 7 }).Resolve(budget, Llava with { Floor = 9 }).Require().Floor);
    }

    [Fact]
    public void Resolve_TextOnly_IsServed() =>
        Assert.True(Table.Resolve(new(BudgetKind.Tflops, 1e-9), Llava with { VisionTokens = 0 }).Require().Rates.IsFull);

    [Fact]
    public void Resolve_MillisecondsWithoutACostTable_IsAPrecondition() =>
        Assert.Equal(
            PlanFaultKind.FailedPrecondition,
            Assert.Single(Table.Resolve(new(BudgetKind.Milliseconds, 40), Llava with { Latency = null }).Faults).Kind);

    [Fact]
    public void Validate_SeveralFaults_NamesEach()
    {
        var table = new BudgetTable
        {
            Model = "",
            ModelRevision = "",
            First = 0,
            Floor = -1,
            SearchId = "",
            Points = [new(0.3, 0, 0.5), new(0.3, 0.2, double.NaN), new(1.2, 0.2, 0.5)],
        };

        string[] expected =
        [
            "model", "modelRevision", "searchId", "firstDropLayer", "floor", "points[0].slope", "points[1].meanKeep", "points[1].amplitude", "points[2].meanKeep",
        ];
        Assert.Equal(expected, table.Validate().Select(fault => fault.Field));
        Assert.Equal("points", Assert.Single((Table with { Points = [] }).Validate()).Field);
        Assert.Empty(Table.Validate());
    }

    private static FsCheck.Gen<(Budget First, ScheduleContext Second)> Requests =>
        Gen.OneOf(
            Generators.Budget,
            Gen.Choose(2700, 4100).Select(value => new Budget(BudgetKind.MeanKeep, value / 10_000.0)),
            Gen.Choose(3000, 6000).Select(value => new Budget(BudgetKind.FlopsShare, value / 10_000.0))).And(Generators.Requests);
}
