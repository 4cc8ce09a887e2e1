using Fovea.Contracts.V1;
using Fovea.Scheduler.Search.Algorithms;
using Wire = Fovea.Contracts.V1;

namespace Fovea.Scheduler.Search.Starting;

/// <summary>Fills in what a request leaves open, so that the stored specification says all that decides the result.</summary>
internal static class SpecDefaults
{
    /// <summary>Trials of each budget of P-Sigmoid.</summary>
    public const int Trials = 32;

    /// <summary>First layer before which tokens may be dropped: two full layers, as the published drawing shows (papers.md A.3).</summary>
    public const int FirstLayer = 2;

    /// <summary>Returns the specification with every default written out.</summary>
    public static SearchSpec Fill(SearchSpec given)
    {
        var spec = given.Clone();
        spec.Metric = Or(spec.Metric, Metric.Agreement);
        spec.ToleranceSplit = Or(spec.ToleranceSplit, Wire.ToleranceSplit.Whole);
        spec.ConfidenceRule = Or(spec.ConfidenceRule, Wire.ConfidenceRule.None);
        spec.Scorer = Or(spec.Scorer, Scorer.Coverage);
        spec.Positions = Or(spec.Positions, PositionMode.Keep);
        spec.Confidence = spec.Confidence == 0 ? JudgeOptions.DefaultConfidence : spec.Confidence;
        spec.FirstLayer = spec.FirstLayer == 0 ? FirstLayer : spec.FirstLayer;
        if (spec.Gsearch is { } gsearch)
        {
            gsearch.Inner = Or(gsearch.Inner, Wire.InnerSearch.Bisect);
        }

        if (spec.Psigmoid is { Trials: 0 } psigmoid)
        {
            psigmoid.Trials = Trials;
        }

        return spec;
    }

    private static T Or<T>(T value, T other)
        where T : struct, Enum => Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture) == 0 ? other : value;
}
