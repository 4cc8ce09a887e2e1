using System.Runtime.InteropServices;

namespace Fovea.Executor.Runtime;

/// <summary>Where the vision tokens of one image stand in the prompt: a run without a gap.</summary>
/// <param name="Start">Index of the first in the input ids.</param>
/// <param name="Length">How many.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct VisionSpan(int Start, int Length);
