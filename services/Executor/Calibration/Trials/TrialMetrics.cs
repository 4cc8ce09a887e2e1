namespace Fovea.Executor.Calibration.Trials;

/// <summary>What a trial is judged by.</summary>
[Flags]
internal enum TrialMetrics
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Whether the answer is the expected one.</summary>
    Accuracy = 1,

    /// <summary>Whether the answer is the full model's.</summary>
    Agreement = 2,

    /// <summary>Likelihood of the expected answer.</summary>
    Nll = 4,

    /// <summary>Divergence of the first token's distribution from the full model's.</summary>
    Kl = 8,
}
