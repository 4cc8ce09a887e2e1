namespace Fovea.Scheduler.Search.Algorithms;

/// <summary>Holds the best sigmoid at one mean keep rate; its shift follows from the budget.</summary>
/// <param name="MeanKeep">Mean keep rate over the layers.</param>
/// <param name="Slope">Slope k per layer.</param>
/// <param name="Amplitude">Amplitude A.</param>
internal sealed record BudgetPoint(double MeanKeep, double Slope, double Amplitude);
