using Fovea.Executor.Models.Layers;

namespace Fovea.Executor.Models.Llava;

/// <summary>Shape and constants of a Llama decoder; made only by a reader that has checked them.</summary>
internal sealed record LlamaConfig
{
    /// <summary>Hidden size C.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Decoder layers L.</summary>
    public required int Layers { get; init; }

    /// <summary>Query heads H.</summary>
    public required int Heads { get; init; }

    /// <summary>Key and value heads K; divides <see cref="Heads"/>.</summary>
    public required int KeyValueHeads { get; init; }

    /// <summary>Size D of one head, even.</summary>
    public required int HeadSize { get; init; }

    /// <summary>Width of the feed-forward part.</summary>
    public required int FeedForwardSize { get; init; }

    /// <summary>Rows of the embedding table.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Epsilon of the RMS norms.</summary>
    public required double RmsNormEpsilon { get; init; }

    /// <summary>Base of the rotary frequencies.</summary>
    public required double RopeTheta { get; init; }

    /// <summary>Scaling of the rotary frequencies, or null for none.</summary>
    public RopeScaling? RopeScaling { get; init; }

    /// <summary>Positions the model was trained for.</summary>
    public required int MaxPositions { get; init; }

    /// <summary>Whether the output matrix is the embedding table.</summary>
    public bool TieWordEmbeddings { get; init; }

    /// <summary>Whether the q, k, v and o projections have biases.</summary>
    public bool AttentionBias { get; init; }

    /// <summary>Whether the feed-forward projections have biases.</summary>
    public bool MlpBias { get; init; }

    /// <summary>Activation of the gate.</summary>
    public Activation Activation { get; init; } = Activation.Silu;

    /// <summary>The D/2 inverse rotary frequencies, scaling applied.</summary>
    public float[] InverseFrequencies()
    {
        var frequencies = new float[HeadSize / 2];
        for (var pair = 0; pair < frequencies.Length; pair++)
        {
            var frequency = 1 / Math.Pow(RopeTheta, 2.0 * pair / HeadSize);
            frequencies[pair] = (float)(RopeScaling?.Apply(frequency) ?? frequency);
        }

        return frequencies;
    }
}
