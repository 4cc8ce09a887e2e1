using System.Runtime.InteropServices;

namespace Fovea.Planning.Tables;

/// <summary>Holds the sigmoid's shape that a search found best for one mean keep rate.</summary>
/// <param name="MeanKeep">The mean keep rate, above 0 and at most 1.</param>
/// <param name="Slope">The slope k per layer.</param>
/// <param name="Amplitude">The amplitude A.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct BudgetPoint(double MeanKeep, double Slope, double Amplitude);
