using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Schedules;

/// <summary>
/// Holds one keep rate per layer: finite, within 0..1, non-increasing with depth, and 1 in layer 0 because nothing ranks
/// tokens before it.
/// </summary>
public sealed class KeepRates : IReadOnlyList<double>, IEquatable<KeepRates>
{
    private readonly ImmutableArray<double> _rates;

    private KeepRates(ImmutableArray<double> rates) => _rates = rates;

    /// <summary>Gets the number of layers.</summary>
    public int Count => _rates.Length;

    /// <summary>Gets whether every layer keeps everything.</summary>
    public bool IsFull => _rates[^1] == 1;

    /// <summary>Gets the rate of a layer.</summary>
    public double this[int layer] => _rates[layer];

    /// <summary>Makes rates from one number per layer, or returns every fault with its layer.</summary>
    public static Checked<KeepRates> Create(ReadOnlySpan<double> rates)
    {
        var faults = new FaultCollector();
        if (rates.Length == 0)
        {
            faults.Invalid("rates", "no rates given, one per layer is needed");
        }

        for (var layer = 0; layer < rates.Length; layer++)
        {
            CheckLayer(rates, layer, faults);
        }

        return faults.Any ? faults.ToImmutable() : Trusted([.. rates]);
    }

    /// <summary>Makes rates that keep everything in all layers.</summary>
    public static KeepRates Full(int layers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(layers, 1);
        return Steps(layers, layers, 1);
    }

    /// <summary>Returns the rates as a span.</summary>
    public ReadOnlySpan<double> AsSpan() => _rates.AsSpan();

    /// <inheritdoc/>
    public bool Equals(KeepRates? other) => other is not null && Sequences.AreEqual(_rates, other._rates);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as KeepRates);

    /// <inheritdoc/>
    public override int GetHashCode() => Sequences.Hash(_rates);

    /// <summary>Writes the rates as a JSON array.</summary>
    public override string ToString() => $"[{string.Join(',', _rates.Select(rate => rate.ToString("R", CultureInfo.InvariantCulture)))}]";

    /// <inheritdoc/>
    public IEnumerator<double> GetEnumerator() => ((IEnumerable<double>)_rates).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Wraps rates that are valid by construction.</summary>
    internal static KeepRates Trusted(ImmutableArray<double> rates) => new(rates);

    /// <summary>Makes rates that are 1 before layer <paramref name="first"/> and <paramref name="rate"/> from there on.</summary>
    internal static KeepRates Steps(int layers, int first, double rate)
    {
        var rates = ImmutableArray.CreateBuilder<double>(layers);
        for (var layer = 0; layer < layers; layer++)
        {
            rates.Add(layer < first ? 1 : rate);
        }

        return new(rates.MoveToImmutable());
    }

    private static void CheckLayer(ReadOnlySpan<double> rates, int layer, FaultCollector faults)
    {
        var rate = rates[layer];
        var field = $"rates[{layer}]";
        if (!double.IsFinite(rate) || rate is < 0 or > 1)
        {
            faults.Invalid(field, Invariant($"rate {rate:R} of layer {layer} is outside 0..1"));
        }
        else if (layer == 0 && rate != 1)
        {
            faults.Invalid(field, Invariant($"rate {rate:R} of layer 0 must be 1, nothing ranks tokens before it"));
        }
        else if (layer > 0 && rate > rates[layer - 1])
        {
            var before = Invariant($"{rates[layer - 1]:R} of layer {layer - 1}");
            faults.Invalid(field, Invariant($"rate {rate:R} of layer {layer} exceeds {before}; dropped tokens cannot come back"));
        }
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
