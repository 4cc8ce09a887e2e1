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
    public Tensor Step(int token, int position, PositionMode mode, KvCache cache, CancellationToken cancellationToken)
    {
        using var scope = torch.NewDisposeScope();
        var hidden = _model.Embed(torch.tensor<long>([token], [1]).to(_model.Device)); // [1, C]
        for (var layer = 0; layer < _model.Shape.Layers; layer++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var place = mode == PositionMode.Renumber ? cache[layer].Length : position;
            var next = _model.RunLayer(layer, hidden, _model.Rotary.Range(place, 1), cache[layer], tap: null); // [1, C]
            hidden.Dispose();
            hidden = next;
        }

        return _model.Head(hidden).MoveToOuterDisposeScope(); // [1, vocabulary]
    }
}
