using Fovea.Contracts.V1;

namespace Fovea.Cli.Searches;

/// <summary>Holds what a search does unless its command line says otherwise.</summary>
internal static class SearchDefaults
{
    /// <summary>
    /// What schedules are judged by: answers lost count, and answers won by chance make up for none of them (docs/search.md).
    /// </summary>
    public const Metric Judge = Metric.Agreement;

    /// <summary>Most that the metric may lose.</summary>
    public const double Tolerance = 0.25;

    /// <summary>How much of the tolerance a layer may use up.</summary>
    public const ToleranceSplit Split = ToleranceSplit.Whole;

    /// <summary>When a loss counts.</summary>
    public const ConfidenceRule Rule = ConfidenceRule.None;

    /// <summary>Confidence level of the rule.</summary>
    public const double Confidence = 0.95;

    /// <summary>First layer before which tokens may be dropped.</summary>
    public const int FirstLayer = 2;

    /// <summary>Fewest vision tokens of a layer in G-Search.</summary>
    public const int Floor = 0;

    /// <summary>Trials of each budget of P-Sigmoid.</summary>
    public const int Trials = 40;

    /// <summary>Query rows that rank.</summary>
    public const Scorer Ranking = Scorer.Coverage;

    /// <summary>Position ids after a drop.</summary>
    public const PositionMode Positions = PositionMode.Keep;
}
