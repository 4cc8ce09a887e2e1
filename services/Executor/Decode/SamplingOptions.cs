namespace Fovea.Executor.Decode;

/// <summary>How the tokens of one answer are drawn and where it ends.</summary>
internal sealed record SamplingOptions
{
    /// <summary>Divides the logits; 0 takes the most likely token.</summary>
    /// <value>Default 0; range [0, 100].</value>
    public double Temperature { get; init; }

    /// <summary>Share of the probability that candidates must reach together, from the most likely on.</summary>
    /// <value>Default 1 (all); range (0, 1].</value>
    public double TopP { get; init; } = 1;

    /// <summary>Most candidates.</summary>
    /// <value>Default 0 (all); from 0 on.</value>
    public int TopK { get; init; }

    /// <summary>Seed of the draws: the same seed, logits and options give the same tokens.</summary>
    /// <value>Default 0.</value>
    public ulong Seed { get; init; }

    /// <summary>Most new tokens.</summary>
    /// <value>Default 256; from 1 on, up to the limit of the service.</value>
    public int MaxTokens { get; init; } = 256;

    /// <summary>Strings that end the answer and are not part of it.</summary>
    /// <value>Default none; at most 16 of 1 to 256 characters.</value>
    public IReadOnlyList<string> Stops { get; init; } = [];

    /// <summary>Alternatives whose log probabilities are reported with each token, or null for no log probabilities at all.</summary>
    /// <value>Default null; range [0, 20].</value>
    public int? LogProbs { get; init; }
}
