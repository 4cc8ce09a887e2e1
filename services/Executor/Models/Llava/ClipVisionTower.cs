using Fovea.Executor.Models.Layers;
using Fovea.Torch;

namespace Fovea.Executor.Models.Llava;

/// <summary>The CLIP vision transformer (Radford et al. 2021), run up to the layer whose states LLaVA takes.</summary>
internal sealed class ClipVisionTower
{
    private readonly ClipWeights _weights;
    private readonly ClipVisionConfig _config;

    /// <summary>Joins weights and numbers.</summary>
    /// <param name="weights">Borrowed for the tower's life.</param>
    /// <param name="config">Heads, patch size, activation.</param>
    public ClipVisionTower(ClipWeights weights, ClipVisionConfig config)
    {
        _weights = weights;
        _config = config;
    }

    /// <summary>Runs one image through the layers.</summary>
    /// <param name="pixels">Borrowed [3, rows, columns].</param>
    /// <param name="cancellationToken">Checked before every layer.</param>
    /// <returns>Owned [patches + 1, C]; row 0 is the class token.</returns>
    public Tensor Run(Tensor pixels, CancellationToken cancellationToken)
    {
        using var scope = torch.NewDisposeScope();
        var hidden = Embed(pixels); // [P + 1, C]
        foreach (var layer in _weights.Layers)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var next = RunLayer(layer, hidden); // [P + 1, C]
            hidden.Dispose();
            hidden = next;
        }

        return hidden.MoveToOuterDisposeScope();
    }

    private Tensor Embed(Tensor pixels)
    {
        using var scope = torch.NewDisposeScope();
        var stride = _config.PatchSize;
        var patches = torch.nn.functional.conv2d(pixels.unsqueeze(0), _weights.PatchEmbedding, stride: stride); // [1, C, h, w]
        var rows = patches.squeeze(0).flatten(1, 2).transpose(0, 1); // [P, C]
        var all = torch.cat([_weights.ClassEmbedding.unsqueeze(0), rows], 0); // [P + 1, C]
        return _weights.PreNorm.Forward(all.add(_weights.PositionEmbedding)).MoveToOuterDisposeScope();
    }

    private Tensor RunLayer(ClipLayerWeights layer, Tensor hidden)
    {
        using var scope = torch.NewDisposeScope();
        var attended = hidden.add(Attend(layer, layer.AttentionNorm.Forward(hidden))); // [P + 1, C]
        var inner = _config.Activation.Apply(layer.Up.Forward(layer.FeedForwardNorm.Forward(attended))); // [P + 1, F]
        return attended.add_(layer.Down.Forward(inner)).MoveToOuterDisposeScope(); // [P + 1, C]
    }

    private Tensor Attend(ClipLayerWeights layer, Tensor normed)
    {
        using var scope = torch.NewDisposeScope();
        var heads = _config.Heads;
        var queries = FullAttention.ByHead(layer.Query.Forward(normed).mul_(1.0 / Math.Sqrt(_config.HeadSize)), heads); // [H, P + 1, D]
        var keys = FullAttention.ByHead(layer.Key.Forward(normed), heads); // [H, P + 1, D]
        var values = FullAttention.ByHead(layer.Value.Forward(normed), heads); // [H, P + 1, D]
        var mixed = FullAttention.Of(queries, keys, values); // [P + 1, C]
        return layer.Output.Forward(mixed).MoveToOuterDisposeScope();
    }
}
