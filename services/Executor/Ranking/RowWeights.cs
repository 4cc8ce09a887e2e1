using System.Runtime.InteropServices;
using Fovea.Torch;

namespace Fovea.Executor.Ranking;

/// <summary>What rows weigh where attention is read.</summary>
/// <param name="Asking">Borrowed float32 [R]: weight of each asking row, 1 in sum; null weighs all alike.</param>
/// <param name="LogKeys">Borrowed [S]: added to every logit of a key; null adds nothing.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RowWeights(Tensor? Asking, Tensor? LogKeys);
