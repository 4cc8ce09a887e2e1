using System.Runtime.InteropServices;

namespace Fovea.Executor.Decode;

/// <summary>A token and the natural logarithm of the probability the model gives it, before temperature and cuts.</summary>
/// <param name="Id">The token.</param>
/// <param name="LogProb">At most 0.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TokenLogProb(int Id, double LogProb);
