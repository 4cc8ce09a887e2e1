using System.Text.Json.Nodes;

namespace Fovea.Cli.Benches;

/// <summary>Holds numbers in order and reads percentiles off them.</summary>
internal sealed class Percentiles
{
    private readonly double[] _sorted;

    /// <summary>Sorts the numbers.</summary>
    public Percentiles(IEnumerable<double> values) => _sorted = [.. values.Order()];

    /// <summary>Gets whether there are any numbers.</summary>
    public bool Any => _sorted.Length > 0;

    /// <summary>Returns the smallest number that at least this share of all do not exceed; 0 when there are none.</summary>
    public double At(double share) => Any ? _sorted[Math.Clamp((int)Math.Ceiling(share * _sorted.Length) - 1, 0, _sorted.Length - 1)] : 0;

    /// <summary>Returns the usual percentiles, or null when there are no numbers.</summary>
    public JsonObject? ToJson() => Any
        ? new() { ["p50"] = At(0.5), ["p90"] = At(0.9), ["p99"] = At(0.99), ["max"] = At(1) }
        : null;
}
