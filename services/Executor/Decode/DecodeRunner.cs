using Fovea.Executor.Cache;
using Fovea.Executor.Models.Layers;
using Fovea.Planning.Plans;
using Fovea.Torch;

namespace Fovea.Executor.Decode;

/// <summary>Runs one token at a time over a cache whose length differs by layer.</summary>
internal sealed class DecodeRunner
{
    private readonly ILanguageModel _model;

    /// <summary>Runs tokens through <paramref name="model"/>.</summary>
    public DecodeRunner(ILanguageModel model)
    {
        _model = model;
    }

    /// <summary>Appends one token and computes what follows it.</summary>
    /// <param name="token">Its id.</param>
    /// <param name="position">Its position id in mode <see cref="PositionMode.Keep"/>; in mode
    /// <see cref="PositionMode.Renumber"/> each layer's own length counts.</param>
    /// <param name="mode">Which of the two.</param>
    /// <param name="cache">One row longer in every layer afterwards.</param>
    /// <param name="cancellationToken">Checked before every layer.</param>
    /// <returns>Owned float32 [1, vocabulary].</returns>
    public Tensor Step(int token, int position, PositionMode mode, KvCache cache, CancellationToken cancellationToken) =>
        Steps([token], position, mode, cache, cancellationToken);

    /// <summary>Appends tokens that are known already and computes what follows each of them.</summary>
    /// <param name="tokens">Their ids, at least one.</param>
    /// <param name="position">Position id of the first, as for <see cref="Step"/>.</param>
    /// <param name="mode">Which positions count.</param>
    /// <param name="cache">As many rows longer in every layer afterwards.</param>
    /// <param name="cancellationToken">Checked before every layer.</param>
    /// <returns>Owned float32 [tokens, vocabulary].</returns>
    public Tensor Steps(ReadOnlySpan<int> tokens, int position, PositionMode mode, KvCache cache, CancellationToken cancellationToken)
    {
        using var scope = torch.NewDisposeScope();
        var ids = Array.ConvertAll(tokens.ToArray(), id => (long)id);
        var hidden = _model.Embed(torch.tensor<long>(ids, [ids.Length]).to(_model.Device)); // [n, C]
        for (var layer = 0; layer < _model.Shape.Layers; layer++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var place = mode == PositionMode.Renumber ? cache[layer].Length : position;
            var next = _model.RunLayer(layer, hidden, _model.Rotary.Range(place, ids.Length), cache[layer], tap: null); // [n, C]
            hidden.Dispose();
            hidden = next;
        }

        return _model.Head(hidden).MoveToOuterDisposeScope(); // [n, vocabulary]
    }
}
