namespace Fovea.Planning.Schedules;

/// <summary>Evaluates the keep rates of P-Sigmoid: <c>r_l = 1 for l &lt; first, else min(1, A / (1 + exp(k (l - c))))</c>.</summary>
public static class SigmoidCurve
{
    /// <summary>Returns the rate of one layer before it is limited to 1.</summary>
    public static double Rate(double layer, double slope, double amplitude, double shift) =>
        amplitude / (1 + PortableMath.Exp(slope * (layer - shift)));

    /// <summary>Writes the rate of every layer.</summary>
    public static void Fill(Span<double> rates, double slope, double amplitude, double shift, int first)
    {
        for (var layer = 0; layer < rates.Length; layer++)
        {
            // Limited by the layer before, too: rounding in the last bit may not break the order.
            var rate = layer < first ? 1 : Math.Min(1, Rate(layer, slope, amplitude, shift));
            rates[layer] = layer == 0 ? rate : Math.Min(rate, rates[layer - 1]);
        }
    }
}
