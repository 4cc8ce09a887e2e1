using System.Runtime.InteropServices;

namespace Fovea.Cli.Charts;

/// <summary>Is the rectangle between the axes of a panel, in pixels.</summary>
/// <param name="Left">Left edge.</param>
/// <param name="Top">Upper edge.</param>
/// <param name="Right">Right edge.</param>
/// <param name="Bottom">Lower edge.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PlotArea(double Left, double Top, double Right, double Bottom);
