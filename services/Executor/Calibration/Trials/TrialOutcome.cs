using Fovea.Planning.Plans;

namespace Fovea.Executor.Calibration.Trials;

/// <summary>What a trial gave; a metric that was not asked for has its default.</summary>
/// <param name="Plan">The candidate made concrete for the sample.</param>
/// <param name="LayerForwards">Layers that the candidate's prompt ran through now.</param>
/// <param name="AllForwards">The same with the full model's run, where that was needed now.</param>
internal sealed record TrialOutcome(KeepPlan Plan, int LayerForwards, int AllForwards)
{
    /// <summary>Whether the answer is the expected one.</summary>
    public bool Correct { get; init; }

    /// <summary>Whether the answer is the full model's.</summary>
    public bool Agrees { get; init; }

    /// <summary>Mean negative log-likelihood of the expected tokens, the end included.</summary>
    public double Nll { get; init; }

    /// <summary>KL(full || candidate) of the first token.</summary>
    public double Kl { get; init; }

    /// <summary>The answer's text, up to the token with which it was known to be wrong.</summary>
    public string Text { get; init; } = string.Empty;
}
