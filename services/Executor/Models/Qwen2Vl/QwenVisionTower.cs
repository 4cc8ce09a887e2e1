using System.Collections.Immutable;
using Fovea.Executor.Models.Layers;
using Fovea.Executor.Runtime;
using Fovea.Torch;

namespace Fovea.Executor.Models.Qwen2Vl;

/// <summary>The vision transformer of Qwen2-VL and Qwen2.5-VL: native resolution, rotary positions in two dimensions, windows in the latter.</summary>
internal sealed class QwenVisionTower
{
    private readonly QwenVisionWeights _weights;
    private readonly QwenVisionConfig _config;

    /// <summary>Joins weights and numbers.</summary>
    /// <param name="weights">Borrowed for the tower's life.</param>
    /// <param name="config">Heads, squares, windows, activation.</param>
    public QwenVisionTower(QwenVisionWeights weights, QwenVisionConfig config)
    {
        _weights = weights;
        _config = config;
    }

    /// <summary>Runs the patches of one image through the layers.</summary>
    /// <param name="patches">Borrowed [P, values], square by square, in the order of <paramref name="order"/>.</param>
    /// <param name="grid">In squares.</param>
    /// <param name="order">Which squares see each other.</param>
    /// <param name="cancellationToken">Checked before every layer.</param>
    /// <returns>Owned [P, C].</returns>
    public Tensor Run(Tensor patches, PatchGrid grid, PatchOrder order, CancellationToken cancellationToken)
    {
        using var scope = torch.NewDisposeScope();
        var angles = PatchAngles.Of(grid, order, _config, patches); // [P, 1, D/2]
        var hidden = torch.nn.functional.linear(patches, _weights.PatchEmbedding); // [P, C]
        for (var layer = 0; layer < _weights.Layers.Length; layer++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var runs = _config.FullLayers.Contains(layer) ? order.Frames : order.Windows;
            var next = RunLayer(_weights.Layers[layer], hidden, angles, runs); // [P, C]
            hidden.Dispose();
            hidden = next;
        }

        return hidden.MoveToOuterDisposeScope();
    }

    private Tensor RunLayer(QwenLayerWeights layer, Tensor hidden, RotaryAngles angles, ImmutableArray<int> runs)
    {
        using var scope = torch.NewDisposeScope();
        var attended = hidden.add(Attend(layer, layer.AttentionNorm.Forward(hidden), angles, runs)); // [P, C]
        return attended.add_(FeedForward(layer, layer.FeedForwardNorm.Forward(attended))).MoveToOuterDisposeScope(); // [P, C]
    }

    private Tensor Attend(QwenLayerWeights layer, Tensor normed, RotaryAngles angles, ImmutableArray<int> runs)
    {
        using var scope = torch.NewDisposeScope();
        var (rows, width) = (normed.shape[0], normed.shape[1]);
        var packed = layer.Packed.Forward(normed).view([rows, 3, _config.Heads, _config.HeadSize]); // [P, 3, H, D]
        var scale = 1.0 / Math.Sqrt(_config.HeadSize);
        var queries = RotaryTable.Apply(packed.select(1, 0).contiguous(), angles, scale).transpose(0, 1); // [H, P, D]
        var keys = RotaryTable.Apply(packed.select(1, 1).contiguous(), angles).transpose(0, 1); // [H, P, D]
        var values = packed.select(1, 2).transpose(0, 1); // [H, P, D]
        var mixed = torch.empty([rows, width], normed.dtype, normed.device); // [P, C]
        long start = 0;
        foreach (var squares in runs)
        {
            using var run = torch.NewDisposeScope();
            long length = (long)squares * _config.PatchesPerToken;
            mixed.narrow(0, start, length).copy_(FullAttention.Of(
                queries.narrow(1, start, length), keys.narrow(1, start, length), values.narrow(1, start, length)));
            start += length;
        }

        return layer.Output.Forward(mixed).MoveToOuterDisposeScope(); // [P, C]
    }

    private Tensor FeedForward(QwenLayerWeights layer, Tensor normed)
    {
        using var scope = torch.NewDisposeScope();
        var up = layer.Up.Forward(normed); // [P, F]
        var inner = layer.Gate is { } gate
            ? torch.nn.functional.silu_mul_(gate.Forward(normed), up)
            : _config.Activation.Apply(up); // [P, F]
        return layer.Down.Forward(inner).MoveToOuterDisposeScope(); // [P, C]
    }
}
