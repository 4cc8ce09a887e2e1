using System.Collections.Immutable;
using Fovea.Planning.Shapes;

namespace Fovea.Executor.Models.Layers;

/// <summary>Builds decoders of any shape with seeded random weights, for measuring speed where no checkpoint is at hand.</summary>
internal static class RandomDecoder
{
    private const double Deviation = 0.02;

    /// <summary>Builds a model whose every weight is normal with deviation 0.02; norms are 1.</summary>
    /// <param name="options">Shape, data type and device.</param>
    /// <param name="seed">Same seed, same weights.</param>
    /// <param name="storage">Owner of the weights: dispose it after the model.</param>
    public static DecoderModel Create(DecoderOptions options, int seed, out IDisposable storage)
    {
        var weights = new RandomWeights(options, seed);
        storage = weights;
        var (shape, width) = (options.Shape, (long)options.Shape.HiddenSize);
        var layers = ImmutableArray.CreateBuilder<DecoderLayerWeights>(shape.Layers);
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            layers.Add(Layer(weights, shape));
        }

        var embedding = weights.Matrix(shape.VocabSize, width, Deviation);
        var decoder = new DecoderWeights(embedding, layers.MoveToImmutable(), weights.Ones(width), new Linear(embedding, null));
        return new DecoderModel(decoder, options);
    }

    private static DecoderLayerWeights Layer(RandomWeights weights, LanguageShape shape)
    {
        long width = shape.HiddenSize;
        return new DecoderLayerWeights
        {
            AttentionNorm = weights.Ones(width),
            Query = Linear(shape.QuerySize, width),
            Key = Linear(shape.KvSize, width),
            Value = Linear(shape.KvSize, width),
            Output = Linear(width, shape.QuerySize),
            FeedForwardNorm = weights.Ones(width),
            Gate = Linear(shape.FfnSize, width),
            Up = Linear(shape.FfnSize, width),
            Down = Linear(width, shape.FfnSize),
        };

        Linear Linear(long rows, long columns) => new(weights.Matrix(rows, columns, Deviation), null);
    }
}
