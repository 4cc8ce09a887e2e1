namespace Fovea.Executor.Decode;

/// <summary>The token that was drawn.</summary>
/// <param name="Id">Its id.</param>
internal sealed record SampledToken(int Id)
{
    /// <summary>Its log probability, or null when none were asked for.</summary>
    public double? LogProb { get; init; }

    /// <summary>The most likely tokens, best first; empty when none were asked for.</summary>
    public IReadOnlyList<TokenLogProb> Alternatives { get; init; } = [];
}
