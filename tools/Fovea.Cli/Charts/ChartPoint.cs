using System.Runtime.InteropServices;

namespace Fovea.Cli.Charts;

/// <summary>Is one point of a series, with the ends of its error bar where it has one.</summary>
/// <param name="X">Place on the horizontal axis.</param>
/// <param name="Y">Place on the vertical axis.</param>
/// <param name="Low">Lower end of the error bar.</param>
/// <param name="High">Upper end of the error bar.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ChartPoint(double X, double Y, double? Low = null, double? High = null);
