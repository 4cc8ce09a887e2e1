using FsCheck;
using FsCheck.Fluent;
using Fovea.Planning.Policies;
using Fovea.Planning.Schedules;

namespace Fovea.Planning.Tests.Support;

/// <summary>Makes overload ladders and the policies and requests that they bound.</summary>
internal static class Ladders
{
    /// <summary>Gets valid ladders; budgets of different kinds need not fall together.</summary>
    public static Gen<OverloadLadder> Any =>
        from count in Gen.Choose(1, OverloadLadder.MostTiers)
        from kinds in Gen.ListOf(Gen.Elements(Enum.GetValues<BudgetKind>()), count)
        from shares in Gen.ListOf(Generators.Share.Where(share => share > 0), count)
        select new OverloadLadder
        {
            Tiers = [.. shares.OrderDescending().Select((share, index) => new OverloadTier(2 * (index + 1), 0, BudgetOf(kinds.ElementAt(index), share)))],
        };

    /// <summary>Gets requests with the policy that serves them, its ladder left out; budgets that a request's floor puts out of reach are left out.</summary>
    public static Gen<(Policy Policy, PlanRequest Request)> Served => Drawn.Where(drawn =>
        new PlanResolver(0).Resolve(Samples.Snapshot(drawn.Policy), Samples.SmallProfile, drawn.Request).IsValid);

    private static Gen<(Policy Policy, PlanRequest Request)> Drawn =>
        from serve in Gen.OneOf(
            Gen.Constant<Serving>(new Serving.Full()),
            Generators.Share.Where(share => share > 0).Select(share => (Serving)new Serving.ByBudget(new Budget(BudgetKind.MeanKeep, Math.Max(0.3, share)))),
            from share in Generators.Share where share > 0.3 from slope in Gen.Choose(5, 90) select (Serving)new Serving.ByBudget(new Budget(BudgetKind.FlopsShare, Math.Max(0.9, share)), slope / 100.0, 0.9, 2),
            Generators.Share.Select(share => (Serving)new Serving.BySpec(new UniformSpec(share, 1))),
            Gen.Constant<Serving>(new Serving.BySpec(new VtwSpec(6))))
        from floor in Generators.Floor
        from scope in Gen.Elements(Enum.GetValues<Planning.Plans.BudgetScope>())
        from images in Gen.NonEmptyListOf(Gen.Choose(1, 300))
        from text in Gen.Choose(0, 100)
        select (
            new Policy { Name = "default", Rules = [Samples.Any(serve)], Floor = floor, Scope = scope },
            Samples.Request(textTokens: text) with { ImageTokens = [.. images.Take(4)] });

    private static Budget BudgetOf(BudgetKind kind, double share) => kind switch
    {
        BudgetKind.Tflops => new Budget(kind, share / 1000),
        BudgetKind.KvBytes => new Budget(kind, share * 1e6),
        BudgetKind.Milliseconds => new Budget(kind, share * 20),
        _ => new Budget(kind, share),
    };
}
