using Fovea.Executor.Models.Layers;
using Fovea.Torch;

namespace Fovea.Executor.Models.Qwen2Vl;

/// <summary>Joins each square of patches into one vision token of the language model's width.</summary>
/// <param name="Norm">Over the tower's width C.</param>
/// <param name="First">[M, M], M = patches of a square x C.</param>
/// <param name="Second">[C of the language model, M].</param>
/// <param name="Patches">Patches of a square.</param>
internal sealed record QwenMerger(TowerNorm Norm, Linear First, Linear Second, int Patches)
{
    /// <summary>Merges patches, those of a square following each other.</summary>
    /// <param name="patches">Borrowed [P, C of the tower].</param>
    /// <returns>Owned [P / patches of a square, C of the language model].</returns>
    public Tensor Forward(Tensor patches)
    {
        using var scope = torch.NewDisposeScope();
        var (count, width) = (patches.shape[0], patches.shape[1]);
        var merged = Norm.Forward(patches).view([count / Patches, width * Patches]); // [V, M]
        var inner = torch.nn.functional.gelu(First.Forward(merged)); // [V, M]
        return Second.Forward(inner).MoveToOuterDisposeScope(); // [V, C]
    }
}
