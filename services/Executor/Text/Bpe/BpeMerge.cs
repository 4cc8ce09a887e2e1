using System.Runtime.InteropServices;

namespace Fovea.Executor.Text.Bpe;

/// <summary>A rule of the model: two neighbours become one token.</summary>
/// <param name="Left">Id of the left neighbour.</param>
/// <param name="Right">Id of the right neighbour.</param>
/// <param name="Result">Id of the token they become.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BpeMerge(int Left, int Right, int Result);
