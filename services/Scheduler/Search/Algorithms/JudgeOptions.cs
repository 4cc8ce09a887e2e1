namespace Fovea.Scheduler.Search.Algorithms;

/// <summary>Says how the losses of a candidate are compared with those of the full model.</summary>
/// <param name="Losses">Values that a loss can have.</param>
/// <param name="Rule">When a loss counts as larger than the tolerance.</param>
/// <param name="Confidence">Confidence level of the rule, in (0.5, 1).</param>
internal sealed record JudgeOptions(LossKind Losses, ConfidenceRule Rule = ConfidenceRule.None, double Confidence = JudgeOptions.DefaultConfidence)
{
    /// <summary>The confidence level where none is given.</summary>
    public const double DefaultConfidence = 0.95;
}
