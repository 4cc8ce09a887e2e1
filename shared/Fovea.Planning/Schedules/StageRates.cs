using System.Collections.Immutable;
using System.Globalization;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Schedules;

/// <summary>Makes, reads and writes stages: layers before which tokens are dropped, and the share kept from each of them on.</summary>
internal static class StageRates
{
    /// <summary>Writes the rate of every layer; stages beyond the depth have no effect.</summary>
    public static void Fill(Span<double> rates, ReadOnlySpan<int> layers, ReadOnlySpan<double> keep)
    {
        var stage = -1;
        for (var layer = 0; layer < rates.Length; layer++)
        {
            if (stage + 1 < layers.Length && layers[stage + 1] == layer)
            {
                stage++;
            }

            rates[layer] = stage < 0 ? 1 : keep[stage];
        }
    }

    /// <summary>Returns the rates of every layer of a model.</summary>
    public static KeepRates Of(int depth, ImmutableArray<int> layers, ImmutableArray<double> keep)
    {
        var rates = new double[depth];
        Fill(rates, layers.AsSpan(), keep.AsSpan());
        return KeepRates.Trusted([.. rates]);
    }

    /// <summary>Writes numbers with slashes between them.</summary>
    public static string Text(ImmutableArray<double> numbers) =>
        string.Join('/', numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture)));

    /// <summary>Reads increasing layers; null, with every fault noted, if they are absent or faulty.</summary>
    public static ImmutableArray<int>? Layers(SpecArguments arguments, FaultCollector faults)
    {
        if (arguments.Numbers("layers") is not { } layers)
        {
            return null;
        }

        var valid = true;
        for (var stage = 0; stage < layers.Length; stage++)
        {
            var least = stage == 0 ? 1 : layers[stage - 1] + 1;
            if (layers[stage] != Math.Floor(layers[stage]) || layers[stage] < least || layers[stage] > int.MaxValue)
            {
                var limit = FormattableString.Invariant($"{layers[stage]:R} must be an integer of at least {least:R}");
                faults.Invalid("layers", limit + ": layers increase, the first is at least 1");
                valid = false;
            }
        }

        return valid ? [.. layers.Select(layer => (int)layer)] : null;
    }

    /// <summary>Reads one non-increasing share for each layer; null, with every fault noted, if they are absent or faulty.</summary>
    public static ImmutableArray<double>? Keep(SpecArguments arguments, int? layers, FaultCollector faults)
    {
        if (arguments.Numbers("keep") is not { } keep)
        {
            return null;
        }

        var valid = true;
        for (var stage = 0; stage < keep.Length; stage++)
        {
            var most = stage == 0 ? 1 : keep[stage - 1];
            if (keep[stage] < 0 || keep[stage] > most)
            {
                var limit = FormattableString.Invariant($"{keep[stage]:R} must be within 0..{most:R}");
                faults.Invalid("keep", limit + ": shares are of the original tokens and do not increase");
                valid = false;
            }
        }

        if (layers is { } wanted && wanted != keep.Length)
        {
            faults.Invalid("keep", $"{keep.Length} shares given for {wanted} layers");
            valid = false;
        }

        return valid ? keep : null;
    }
}
