using Fovea.Contracts.V1;
using Fovea.Scheduler.Search.Algorithms;
using Wire = Fovea.Contracts.V1;

namespace Fovea.Scheduler.Search.Running;

/// <summary>Runs G-Search as a specification says.</summary>
internal static class GSearchMethod
{
    /// <summary>Returns what it found.</summary>
    public static async Task<MethodResult> RunAsync(MethodContext context, CancellationToken cancellationToken)
    {
        var search = new GSearch(OptionsOf(context), context.Evaluator, context.Observer);
        var result = await search.RunAsync(context.FullLosses, TrialMapping.ToRecorded(context.Record), cancellationToken);
        return new([new FoundCandidate(result.Rates, result.Counts)], []);
    }

    private static GSearchOptions OptionsOf(MethodContext context)
    {
        var spec = context.Record.Head.Spec;
        return new GSearchOptions
        {
            Layers = context.Model.Shape.Layers,
            VisionTokens = context.Record.Questions.VisionTokens,
            FirstLayer = spec.FirstLayer,
            Floor = spec.Floor,
            Resolution = spec.Resolution,
            Tolerance = MetricScale.ToleranceOf(spec),
            Split = spec.ToleranceSplit == ToleranceSplit.Even ? new EvenToleranceSplit() : new WholeToleranceSplit(),
            Judge = new JudgeOptions(MetricScale.KindOf(spec.Metric), RuleOf(spec.ConfidenceRule), spec.Confidence),
            Inner = spec.Gsearch.Inner == Wire.InnerSearch.Bo ? Algorithms.InnerSearch.Bo : Algorithms.InnerSearch.Bisect,
            Seed = spec.Seed,
            UsePrefixReuse = !spec.Gsearch.NoPrefixReuse,
            UseRacing = !spec.Gsearch.NoRacing,
            UsePlateauTest = !spec.Gsearch.NoPlateauTest,
        };
    }

    private static Algorithms.ConfidenceRule RuleOf(Wire.ConfidenceRule rule) => rule switch
    {
        Wire.ConfidenceRule.Lenient => Algorithms.ConfidenceRule.Lenient,
        Wire.ConfidenceRule.Strict => Algorithms.ConfidenceRule.Strict,
        _ => Algorithms.ConfidenceRule.None,
    };
}
