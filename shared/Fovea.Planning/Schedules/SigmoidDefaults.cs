namespace Fovea.Planning.Schedules;

/// <summary>Gives the slope and amplitude of a sigmoid where a budget comes without them.</summary>
/// <remarks>
/// They are the least-squares fit of the published searched schedule (arXiv 2412.00556, figure 1c: 32 layers, k = .221, A =
/// .761, c = 12.16).
/// The curve is taken as a function of relative depth l/L, so at L layers the slope is k 32/L and the fitted shift 12.16 L/32.
/// Below the fitted shift the amplitude stays .761. Above it, it rises to 1 as <c>1 - .239 exp(-k (c - c_fit))</c>, so that
/// every budget up to keeping everything can be met, with rates that only grow with c. At c = 17.5 this is .93, the
/// amplitude published for 5.2 TFLOPs (figure 5 there).
/// </remarks>
public static class SigmoidDefaults
{
    private const double FittedLayers = 32;
    private const double FittedSlope = 0.221;
    private const double FittedAmplitude = 0.761;
    private const double FittedShift = 12.16;

    /// <summary>Returns the slope for a model of that many layers.</summary>
    public static double Slope(int layers) => FittedSlope * FittedLayers / layers;

    /// <summary>Returns the amplitude that goes with a shift; it never falls as the shift grows.</summary>
    public static double Amplitude(int layers, double slope, double shift)
    {
        var excess = shift - (FittedShift * layers / FittedLayers);
        return excess <= 0 ? FittedAmplitude : 1 - ((1 - FittedAmplitude) * PortableMath.Exp(-slope * excess));
    }
}
