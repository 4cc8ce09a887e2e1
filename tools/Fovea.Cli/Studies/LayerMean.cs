using System.Runtime.InteropServices;

namespace Fovea.Cli.Studies;

/// <summary>Is a mean over samples with its 95 % interval.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LayerMean(double Mean, double Low, double High);
