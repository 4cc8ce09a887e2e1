using System.Runtime.InteropServices;
using Fovea.Torch;

namespace Fovea.Executor.Ranking;

/// <summary>The vision tokens that stay.</summary>
/// <param name="Kept">Owned int64 [n]: indices among the vision tokens there were, ascending.</param>
/// <param name="Weights">Owned float32 [n]: how many tokens each stands for from now on; null where each stands for itself.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Survivors(Tensor Kept, Tensor? Weights);
