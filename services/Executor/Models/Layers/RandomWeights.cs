using Fovea.Torch;

namespace Fovea.Executor.Models.Layers;

/// <summary>Makes and owns seeded random tensors.</summary>
internal sealed class RandomWeights : IDisposable
{
    private readonly DecoderOptions _options;
    private readonly Random _random;
    private readonly List<Tensor> _tensors = [];

    /// <summary>Same seed, same numbers.</summary>
    public RandomWeights(DecoderOptions options, int seed)
    {
        _options = options;
        _random = new Random(seed);
    }

    /// <summary>Normal numbers [rows, columns]; stays this object's.</summary>
    public Tensor Matrix(long rows, long columns, double deviation)
    {
        var values = new float[rows * columns];
        for (var i = 0; i < values.Length; i += 2)
        {
            // Box and Muller's transform gives two independent normal numbers.
            var radius = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * deviation;
            var (sine, cosine) = Math.SinCos(2 * Math.PI * _random.NextDouble());
            values[i] = (float)(radius * cosine);
            if (i + 1 < values.Length)
            {
                values[i + 1] = (float)(radius * sine);
            }
        }

        return Keep(torch.tensor<float>(values, [rows, columns]));
    }

    /// <summary>Ones [width]; stays this object's.</summary>
    public Tensor Ones(long width) => Keep(torch.ones([width]));

    /// <inheritdoc/>
    public void Dispose() => _tensors.ForEach(tensor => tensor.Dispose());

    private Tensor Keep(Tensor tensor)
    {
        using var made = tensor;
        var kept = tensor.to(_options.DType).to(_options.Device).clone().DetachFromDisposeScope();
        _tensors.Add(kept);
        return kept;
    }
}
