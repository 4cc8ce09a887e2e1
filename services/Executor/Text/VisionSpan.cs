using System.Runtime.InteropServices;

namespace Fovea.Executor.Text;

/// <summary>Where the vision tokens of one image stand in a prompt.</summary>
/// <param name="Start">Position of the first.</param>
/// <param name="Length">How many there are.</param>
/// <param name="ImageIndex">Which image of the request, from 0 on.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct VisionSpan(int Start, int Length, int ImageIndex);
