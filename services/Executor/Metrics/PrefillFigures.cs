namespace Fovea.Executor.Metrics;

/// <summary>What one prefill did.</summary>
/// <param name="PromptTokens">Tokens of the prompt, vision tokens included.</param>
/// <param name="DroppedTokens">Vision tokens that did not reach the last layer.</param>
/// <param name="MeanKeep">Mean over the layers of the share of vision tokens kept.</param>
/// <param name="Duration">Time on the inference thread.</param>
internal sealed record PrefillFigures(int PromptTokens, int DroppedTokens, double MeanKeep, TimeSpan Duration)
{
    /// <summary>Operations of encoder, projector and prefill.</summary>
    public double Flops { get; init; }

    /// <summary>Time that the inference thread has worked for requests since its start.</summary>
    public TimeSpan Busy { get; init; }
}
