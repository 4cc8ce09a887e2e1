using Fovea.Executor.Models.Layers;
using Fovea.Planning.Shapes;
using Fovea.Torch;

namespace Fovea.Executor.Tests.Prefill;

/// <summary>A decoder small enough to be computed in loops, with weights large enough that attention is not flat.</summary>
internal sealed class TinyDecoder : IDisposable
{
    private readonly RandomWeights _random;

    public TinyDecoder()
    {
        var shape = new LanguageShape(4, 16, 4, 2, 4, 24, 32);
        Options = new DecoderOptions(shape, 1e-5, [1f, 0.1f], 64, ScalarType.Float32, torch.CPU);
        _random = new RandomWeights(Options, 11);
        var layers = Enumerable.Range(0, shape.Layers).Select(_ => new DecoderLayerWeights
        {
            AttentionNorm = _random.Ones(16),
            Query = Matrix(16, 16),
            Key = Matrix(8, 16),
            Value = Matrix(8, 16),
            Output = Matrix(16, 16),
            FeedForwardNorm = _random.Ones(16),
            Gate = Matrix(24, 16),
            Up = Matrix(24, 16),
            Down = Matrix(16, 24),
        });
        var embedding = _random.Matrix(32, 16, 1);
        Weights = new DecoderWeights(embedding, [.. layers], _random.Ones(16), new Linear(embedding, null));
        Model = new DecoderModel(Weights, Options);
        Naive = new NaiveDecoder(Weights, Options);
        Embeddings = _random.Matrix(14, 16, 1);
    }

    public DecoderOptions Options { get; }

    public DecoderWeights Weights { get; }

    public DecoderModel Model { get; }

    public NaiveDecoder Naive { get; }

    /// <summary>A prompt of 14 rows: 2 of text, a grid of 3 x 3 vision tokens, 3 of text.</summary>
    public Tensor Embeddings { get; }

    public double[][] Rows()
    {
        var values = Embeddings.ToSingleArray();
        return [.. Enumerable.Range(0, 14).Select(row => values[(row * 16)..((row + 1) * 16)].Select(x => (double)x).ToArray())];
    }

    public void Dispose()
    {
        Model.Dispose();
        _random.Dispose();
    }

    private Linear Matrix(long rows, long columns) => new(_random.Matrix(rows, columns, 0.4), null);
}
