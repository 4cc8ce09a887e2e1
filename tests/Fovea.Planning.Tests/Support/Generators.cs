using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Fovea.Planning.Costs;
using Fovea.Planning.Plans;
using Fovea.Planning.Schedules;
using Fovea.Planning.Shapes;

namespace Fovea.Planning.Tests.Support;

/// <summary>Generates inputs of properties; every run uses the same seed, so that a failure repeats.</summary>
internal static class Generators
{
    public static Gen<double> Share { get; } = Gen.Choose(0, 10_000).Select(value => value / 10_000.0);

    public static Gen<KeepRates> Rates { get; } =
        from layers in Gen.Choose(1, 40)
        from values in Gen.ListOf(Share, layers)
        select KeepRates.Create([1, .. values.OrderDescending().Skip(1)]).Require();

    public static Gen<int> Tokens { get; } = Gen.Choose(0, 3000);

    public static Gen<int> Floor { get; } = Gen.Choose(0, 20);

    public static Gen<Budget> Budget { get; } = Gen.OneOf(
        Share.Where(share => share > 0).Select(share => new Budget(BudgetKind.MeanKeep, share)),
        Share.Where(share => share > 0).Select(share => new Budget(BudgetKind.FlopsShare, share)),
        Gen.Choose(1, 1500).Select(value => new Budget(BudgetKind.Tflops, value / 100.0)),
        Gen.Choose(1, 500).Select(value => new Budget(BudgetKind.KvBytes, value * 1e6)),
        Gen.Choose(1, 4000).Select(value => new Budget(BudgetKind.Milliseconds, value / 10.0)));

    public static Gen<SigmoidBudgetSpec> BudgetSpec { get; } =
        from budget in Budget
        from slope in Maybe(Gen.Choose(1, 150).Select(value => value / 100.0))
        from amplitude in Maybe(Gen.Choose(1, 120).Select(value => value / 100.0))
        from first in Gen.Choose(1, 8)
        select new SigmoidBudgetSpec(budget, slope, amplitude, first);

    public static Gen<ScheduleSpec> Spec { get; } = Gen.OneOf(
        Gen.Constant<ScheduleSpec>(new FullSpec()),
        from layer in Gen.Choose(1, 40) from dropped in Share select (ScheduleSpec)new FastVSpec(layer, dropped),
        from layer in Gen.Choose(1, 40) select (ScheduleSpec)new VtwSpec(layer),
        from rate in Share from first in Gen.Choose(1, 40) select (ScheduleSpec)new UniformSpec(rate, first),
        PDrop,
        from slope in Gen.Choose(1, 9999)
        from amplitude in Gen.Choose(1, 9999)
        from shift in Gen.Choose(-9999, 9999)
        from first in Gen.Choose(1, 40)
        select (ScheduleSpec)new SigmoidSpec(slope / 700.0, amplitude / 7000.0, shift / 300.0, first),
        BudgetSpec.Select(spec => (ScheduleSpec)spec),
        Rivals.Select(spec => (ScheduleSpec)spec),
        SparseVlm,
        from size in Gen.Choose(2, 9) select (ScheduleSpec)new PoolSpec(size),
        from rates in Rates from floor in Maybe(Floor) select (ScheduleSpec)new RatesSpec(rates, floor),
        from value in Gen.Choose(0, int.MaxValue) select (ScheduleSpec)new IdSpec(ScheduleId.Parse($"{value:x16}")));

    /// <summary>Gets every form whose parameter is solved from a budget.</summary>
    public static Gen<BudgetedSpec> Budgeted { get; } = Gen.OneOf(
        BudgetSpec.Select(spec => (BudgetedSpec)spec),
        Rivals);

    /// <summary>Gets the forms of other methods, their parameter solved from a budget.</summary>
    public static Gen<BudgetedSpec> Rivals => Gen.OneOf(
        from budget in Budget from layer in Gen.Choose(1, 10) select (BudgetedSpec)new FastVBudgetSpec(budget, layer),
        from budget in Budget from first in Gen.Choose(1, 10) select (BudgetedSpec)new UniformBudgetSpec(budget, first),
        from budget in Budget select (BudgetedSpec)new VtwBudgetSpec(budget),
        from budget in Budget from steps in Gen.ListOf(Gen.Choose(1, 9), 4) select (BudgetedSpec)new PDropBudgetSpec(budget, RunningSum(steps)),
        from budget in Budget from steps in Gen.ListOf(Gen.Choose(1, 9), 3) select (BudgetedSpec)new SparseVlmBudgetSpec(budget, RunningSum(steps)));

    /// <summary>Gets requests that a budget is solved for, with a cost table.</summary>
    public static Gen<ScheduleContext> Requests =>
        from model in Gen.Elements("llava-1.5-7b", "internvl2-1b", "qwen2-vl-7b")
        from visionTokens in Tokens
        from textTokens in Gen.Choose(1, 500)
        from floor in Floor
        from accounting in Gen.Elements(CostAccounting.Paper, CostAccounting.Executed)
        from scorer in Gen.Elements(Enum.GetValues<TokenScorer>())
        select Samples.Context(KnownShapes.Get(model), visionTokens, textTokens, floor) with
        {
            Accounting = accounting,
            Scorer = scorer,
            Latency = Samples.Latency,
        };

    private static Gen<ScheduleSpec> PDrop =>
        from stages in Gen.Choose(1, 5)
        from steps in Gen.ListOf(Gen.Choose(1, 9), stages)
        from keep in Gen.ListOf(Share, stages)
        select (ScheduleSpec)new PDropSpec([.. RunningSum(steps)], [.. keep.OrderDescending()]);

    private static Gen<ScheduleSpec> SparseVlm => PDrop.Select(spec => (ScheduleSpec)new SparseVlmSpec(((PDropSpec)spec).Layers, ((PDropSpec)spec).Keep));

    /// <summary>Throws with the smallest counterexample if the property fails.</summary>
    public static void Check<T>(Gen<T> generator, Action<T> property, int tests = 300) =>
        Prop.ForAll(generator.ToArbitrary(), property)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(tests).WithReplay(20_241_200, 7));

    /// <summary>Pairs two generators.</summary>
    public static Gen<(T1 First, T2 Second)> And<T1, T2>(this Gen<T1> first, Gen<T2> second) =>
        from left in first from right in second select (left, right);

    private static Gen<T?> Maybe<T>(Gen<T> generator)
        where T : struct => Gen.OneOf(Gen.Constant(default(T?)), generator.Select(value => (T?)value));

    private static ImmutableArray<int> RunningSum(IEnumerable<int> steps)
    {
        var sum = 0;
        return [.. steps.Select(step => sum += step)];
    }
}
