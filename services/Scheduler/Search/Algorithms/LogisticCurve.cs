namespace Fovea.Scheduler.Search.Algorithms;

/// <summary>Holds the logistic curve nearest to some rates: <c>A / (1 + exp(k (l - c)))</c>.</summary>
/// <param name="Slope">Slope k per layer, above 0.</param>
/// <param name="Amplitude">Amplitude A, above 0.</param>
/// <param name="Shift">Layer c where the rate is A/2.</param>
/// <param name="Rmse">Root of the mean squared distance from the rates.</param>
internal sealed record LogisticCurve(double Slope, double Amplitude, double Shift, double Rmse);
