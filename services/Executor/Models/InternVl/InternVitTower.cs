using Fovea.Executor.Models.Layers;
using Fovea.Torch;

namespace Fovea.Executor.Models.InternVl;

/// <summary>InternViT: a pre-norm vision transformer whose layers scale what they add, with normalised queries and keys in some sizes.</summary>
internal sealed class InternVitTower
{
    private readonly InternVitWeights _weights;
    private readonly InternVitConfig _config;

    /// <summary>Joins weights and numbers.</summary>
    /// <param name="weights">Borrowed for the tower's life.</param>
    /// <param name="config">Heads, patch size, activation.</param>
    public InternVitTower(InternVitWeights weights, InternVitConfig config)
    {
        _weights = weights;
        _config = config;
    }

    /// <summary>Runs one tile through the layers.</summary>
    /// <param name="pixels">Borrowed [3, side, side].</param>
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
        var (kernel, bias) = _weights.PatchEmbedding;
        var patches = torch.nn.functional.conv2d(pixels.unsqueeze(0), kernel, bias, _config.PatchSize); // [1, C, h, w]
        var rows = patches.squeeze(0).flatten(1, 2).transpose(0, 1); // [P, C]
        var all = torch.cat([_weights.ClassEmbedding.squeeze(0), rows], 0); // [P + 1, C]
        return all.add(_weights.PositionEmbedding.squeeze(0)).MoveToOuterDisposeScope();
    }

    private Tensor RunLayer(InternVitLayerWeights layer, Tensor hidden)
    {
        using var scope = torch.NewDisposeScope();
        var attended = hidden.add(Attend(layer, layer.AttentionNorm.Forward(hidden)).mul_(layer.AttentionScale)); // [P + 1, C]
        var inner = _config.Activation.Apply(layer.Up.Forward(layer.FeedForwardNorm.Forward(attended))); // [P + 1, F]
        return attended.add_(layer.Down.Forward(inner).mul_(layer.FeedForwardScale)).MoveToOuterDisposeScope(); // [P + 1, C]
    }

    private Tensor Attend(InternVitLayerWeights layer, Tensor normed)
    {
        using var scope = torch.NewDisposeScope();
        var queries = layer.Query.Forward(normed); // [P + 1, C]
        var keys = layer.Key.Forward(normed); // [P + 1, C]
        queries = layer.QueryNorm is { } queryNorm ? queryNorm.Forward(queries) : queries;
        keys = layer.KeyNorm is { } keyNorm ? keyNorm.Forward(keys) : keys;
        var mixed = FullAttention.Of(
            FullAttention.ByHead(queries.mul(1.0 / Math.Sqrt(_config.HeadSize)), _config.Heads),
            FullAttention.ByHead(keys, _config.Heads),
            FullAttention.ByHead(layer.Value.Forward(normed), _config.Heads)); // [P + 1, C]
        return layer.Output.Forward(mixed).MoveToOuterDisposeScope(); // [P + 1, C]
    }
}
