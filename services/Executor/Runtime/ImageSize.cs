using System.Runtime.InteropServices;

namespace Fovea.Executor.Runtime;

/// <summary>Size of an upright image, in pixels.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ImageSize(int Width, int Height);
