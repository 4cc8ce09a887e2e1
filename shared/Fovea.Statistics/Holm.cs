namespace Fovea.Statistics;

/// <summary>Corrects p values for the number of tests made.</summary>
public static class Holm
{
    /// <summary>Returns Holm's adjusted p values, in the order given: comparing them with a level keeps the chance of any false finding below it.</summary>
    public static double[] Adjust(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var order = Enumerable.Range(0, values.Count).OrderBy(i => values[i]).ToArray();
        var adjusted = new double[values.Count];
        var largest = 0d;
        for (var rank = 0; rank < order.Length; rank++)
        {
            largest = Math.Max(largest, Math.Min(1, values[order[rank]] * (order.Length - rank)));
            adjusted[order[rank]] = largest;
        }

        return adjusted;
    }
}
