using Fovea.Executor.Cache;
using Fovea.Planning.Shapes;
using Fovea.Torch;

namespace Fovea.Executor.Models.Layers;

/// <summary>A Llama-like decoder: RMSNorm, rotary positions, grouped-query attention, SwiGLU.</summary>
internal sealed class DecoderModel : ILanguageModel
{
    private readonly DecoderWeights _weights;
    private readonly DecoderOptions _options;
    private readonly CausalAttention _attention;
    private readonly double _scale;

    /// <summary>Joins weights and options.</summary>
    /// <param name="weights">Borrowed for the model's life.</param>
    /// <param name="options">Shape, numbers and device.</param>
    public DecoderModel(DecoderWeights weights, DecoderOptions options)
    {
        _weights = weights;
        _options = options;
        _attention = new CausalAttention(Shape.Heads, Shape.KvHeads, options.DType, options.Device);
        Rotary = new RotaryTable(options);
        _scale = 1.0 / Math.Sqrt(Shape.HeadDim);
    }

    /// <inheritdoc/>
    public LanguageShape Shape => _options.Shape;

    /// <inheritdoc/>
    public ScalarType DType => _options.DType;

    /// <inheritdoc/>
    public Device Device => _options.Device;

    /// <inheritdoc/>
    public RotaryTable Rotary { get; }

    /// <inheritdoc/>
    public Tensor Embed(Tensor ids) => torch.nn.functional.embedding(ids, _weights.Embedding);

    /// <inheritdoc/>
    public Tensor RunLayer(int layer, Tensor hidden, RotaryAngles rotary, LayerCache cache, IAttentionTap? tap)
    {
        using var scope = torch.NewDisposeScope();
        var weights = _weights.Layers[layer];
        var attended = hidden.add(Attend(weights, hidden, rotary, cache, tap)); // [S, C]
        return attended.add_(FeedForward(weights, attended)).MoveToOuterDisposeScope(); // [S, C]
    }

    /// <inheritdoc/>
    public (Tensor Queries, Tensor Keys) ProjectQueriesKeys(int layer, Tensor hidden, RotaryAngles rotary, int rows)
    {
        using var scope = torch.NewDisposeScope();
        var weights = _weights.Layers[layer];
        var length = hidden.shape[0];
        var normed = Norm(hidden, weights.AttentionNorm); // [S, C]
        var asking = new RotaryAngles(rotary.Cos.narrow(0, length - rows, rows), rotary.Sin.narrow(0, length - rows, rows));
        var queries = weights.Query.Forward(normed.narrow(0, length - rows, rows)).view([rows, Shape.Heads, Shape.HeadDim]); // [R, H, D]
        var keys = weights.Key.Forward(normed).view([length, Shape.KvHeads, Shape.HeadDim]); // [S, K, D]
        return (
            RotaryTable.Apply(queries, asking, _scale).MoveToOuterDisposeScope(), // [R, H, D]
            RotaryTable.Apply(keys, rotary).transpose(0, 1).MoveToOuterDisposeScope()); // [K, S, D]
    }

    /// <inheritdoc/>
    public Tensor Head(Tensor hidden)
    {
        using var scope = torch.NewDisposeScope();
        var normed = Norm(hidden, _weights.Norm); // [S, C]
        return _weights.Head.Forward(normed).to(ScalarType.Float32).MoveToOuterDisposeScope(); // [S, vocabulary]
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Rotary.Dispose();
        _attention.Dispose();
    }

    private Tensor Attend(DecoderLayerWeights weights, Tensor hidden, RotaryAngles rotary, LayerCache cache, IAttentionTap? tap)
    {
        using var scope = torch.NewDisposeScope();
        var rows = hidden.shape[0];
        var normed = Norm(hidden, weights.AttentionNorm); // [S, C]
        var queries = weights.Query.Forward(normed).view([rows, Shape.Heads, Shape.HeadDim]); // [S, H, D]
        var keys = weights.Key.Forward(normed).view([rows, Shape.KvHeads, Shape.HeadDim]); // [S, K, D]
        var values = weights.Value.Forward(normed).view([rows, Shape.KvHeads, Shape.HeadDim]); // [S, K, D]
        queries = RotaryTable.Apply(queries, rotary, _scale); // [S, H, D]
        keys = RotaryTable.Apply(keys, rotary); // [S, K, D]
        cache.Append(keys.transpose(0, 1), values.transpose(0, 1));
        tap?.Observe(queries, cache.Keys, cache.LogWeights);
        var mixed = _attention.Forward(queries, cache.Keys, cache.Values, cache.LogWeights); // [S, H x D]
        return weights.Output.Forward(mixed).MoveToOuterDisposeScope(); // [S, C]
    }

    private Tensor FeedForward(DecoderLayerWeights weights, Tensor hidden)
    {
        using var scope = torch.NewDisposeScope();
        var normed = Norm(hidden, weights.FeedForwardNorm); // [S, C]
        var gate = weights.Gate.Forward(normed); // [S, F]
        var gated = torch.nn.functional.silu_mul_(gate, weights.Up.Forward(normed)); // [S, F]
        return weights.Down.Forward(gated).MoveToOuterDisposeScope(); // [S, C]
    }

    private Tensor Norm(Tensor hidden, Tensor weight) => torch.nn.functional.rms_norm(hidden, weight, _options.NormEpsilon);
}
