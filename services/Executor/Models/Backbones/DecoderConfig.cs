using System.Collections.Immutable;
using Fovea.Executor.Models.Layers;
using Fovea.Executor.Runtime;
using Fovea.Planning.Shapes;

namespace Fovea.Executor.Models.Backbones;

/// <summary>Shape and constants of a gated decoder; made only by a reader that has checked them.</summary>
internal sealed record DecoderConfig
{
    /// <summary>The <c>model_type</c> of the backbone: says how its tensors are named and packed.</summary>
    public string ModelType { get; init; } = "llama";

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

    /// <summary>Rotary pairs that turn by each axis of a position (time, row, column), D/2 together; empty for positions of one axis.</summary>
    public ImmutableArray<int> RotarySections { get; init; } = [];

    /// <summary>Positions that are served: those the model was trained for, as far as its rotary scaling is supported.</summary>
    public required int MaxPositions { get; init; }

    /// <summary>Whether the output matrix is the embedding table.</summary>
    public bool TieWordEmbeddings { get; init; }

    /// <summary>Whether the q, k, v and o projections have biases.</summary>
    public bool AttentionBias { get; init; }

    /// <summary>Whether the q, k and v projections have biases, whatever o has.</summary>
    public bool QueryKeyValueBias { get; init; }

    /// <summary>Whether the feed-forward projections have biases.</summary>
    public bool MlpBias { get; init; }

    /// <summary>Width of all query heads together.</summary>
    public int QuerySize => Heads * HeadSize;

    /// <summary>Width of all key heads together.</summary>
    public int KeyValueSize => KeyValueHeads * HeadSize;

    /// <summary>The D/2 inverse rotary frequencies, scaling applied.</summary>
    public float[] InverseFrequencies()
    {
        var frequencies = new float[HeadSize / 2];
        for (var pair = 0; pair < frequencies.Length; pair++)
        {
            var frequency = 1 / Math.Pow(RopeTheta, 2.0 * pair / HeadSize);
            frequencies[pair] = (float)(RopeScaling?.Apply(pair, frequency) ?? frequency);
        }

        return frequencies;
    }

    /// <summary>What the decoder needs beside its weights, in the data type and on the device of <paramref name="source"/>.</summary>
    public DecoderOptions Options(LanguageShape shape, ModelSource source) =>
        new(shape, RmsNormEpsilon, InverseFrequencies(), MaxPositions, source.DType, source.Device)
        {
            RotaryFactor = RopeScaling?.Factor ?? 1,
            RotarySections = RotarySections,
        };
}
