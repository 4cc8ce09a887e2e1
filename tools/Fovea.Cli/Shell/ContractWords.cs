using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Planning.Plans;
using PositionMode = Fovea.Contracts.V1.PositionMode;

namespace Fovea.Cli.Shell;

/// <summary>Holds the words that stand for values of the contract's enums.</summary>
internal static class ContractWords
{
    /// <summary>Gets the words for scorers.</summary>
    public static IReadOnlyDictionary<string, Scorer> Scorers { get; } =
        ScorerNames.All.ToDictionary(name => name, ScorerOf, StringComparer.Ordinal);

    /// <summary>Gets the words for position modes.</summary>
    public static IReadOnlyDictionary<string, PositionMode> PositionModes { get; } = new Dictionary<string, PositionMode>(StringComparer.Ordinal)
    {
        ["keep"] = PositionMode.Keep,
        ["renumber"] = PositionMode.Renumber,
    };

    /// <summary>Gets the words for metrics.</summary>
    public static IReadOnlyDictionary<string, Metric> Metrics { get; } = new Dictionary<string, Metric>(StringComparer.Ordinal)
    {
        ["accuracy"] = Metric.Accuracy,
        ["agreement"] = Metric.Agreement,
        ["nll"] = Metric.Nll,
        ["kl"] = Metric.Kl,
    };

    /// <summary>Gets the words for splits of the tolerance.</summary>
    public static IReadOnlyDictionary<string, ToleranceSplit> ToleranceSplits { get; } = new Dictionary<string, ToleranceSplit>(StringComparer.Ordinal)
    {
        ["whole"] = ToleranceSplit.Whole,
        ["even"] = ToleranceSplit.Even,
    };

    /// <summary>Gets the words for confidence rules.</summary>
    public static IReadOnlyDictionary<string, ConfidenceRule> ConfidenceRules { get; } = new Dictionary<string, ConfidenceRule>(StringComparer.Ordinal)
    {
        ["none"] = ConfidenceRule.None,
        ["lenient"] = ConfidenceRule.Lenient,
        ["strict"] = ConfidenceRule.Strict,
    };

    /// <summary>Gets the words for inner searches.</summary>
    public static IReadOnlyDictionary<string, InnerSearch> InnerSearches { get; } = new Dictionary<string, InnerSearch>(StringComparer.Ordinal)
    {
        ["bisect"] = InnerSearch.Bisect,
        ["bo"] = InnerSearch.Bo,
    };

    private static Scorer ScorerOf(string name) => ScorerNames.TryParse(name, out var scorer) ? scorer.ToProto() : Scorer.Unspecified;
}
