using System.Runtime.InteropServices;

namespace Fovea.Executor.Runtime;

/// <summary>A run of places or of vision tokens without a gap.</summary>
/// <param name="Start">Index of the first.</param>
/// <param name="Length">How many.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct VisionSpan(int Start, int Length);
