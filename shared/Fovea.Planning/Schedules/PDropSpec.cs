using System.Collections.Immutable;
using System.Globalization;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Schedules;

/// <summary>
/// Drops in stages: <c>pdrop:layers=8/16/24,keep=0.5/0.25/0.125</c> (PyramidDrop); stages beyond the model's depth have no
/// effect.
/// </summary>
/// <param name="Layers">The 0-based layers before which tokens are dropped, increasing, the first at least 1.</param>
/// <param name="Keep">The share of the original vision tokens kept from each of them on, non-increasing.</param>
public sealed record PDropSpec(ImmutableArray<int> Layers, ImmutableArray<double> Keep) : ScheduleSpec
{
    /// <inheritdoc/>
    public override Checked<ResolvedSchedule> Resolve(ScheduleContext context)
    {
        var rates = ImmutableArray.CreateBuilder<double>(context.Shape.Layers);
        var stage = -1;
        for (var layer = 0; layer < context.Shape.Layers; layer++)
        {
            if (stage + 1 < Layers.Length && Layers[stage + 1] == layer)
            {
                stage++;
            }

            rates.Add(stage < 0 ? 1 : Keep[stage]);
        }

        return new ResolvedSchedule(KeepRates.Trusted(rates.MoveToImmutable()), null);
    }

    /// <summary>Returns whether both have the same stages.</summary>
    public bool Equals(PDropSpec? other) =>
        other is not null && Sequences.AreEqual(Layers, other.Layers) && Sequences.AreEqual(Keep, other.Keep);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Sequences.Hash(Layers), Sequences.Hash(Keep));

    /// <inheritdoc/>
    public override string ToString() =>
        $"pdrop:layers={string.Join('/', Layers)},keep={string.Join('/', Keep.Select(Text))}";

    internal static ScheduleSpec? From(SpecArguments arguments, FaultCollector faults)
    {
        var givenLayers = arguments.Numbers("layers");
        var givenKeep = arguments.Numbers("keep");
        if (givenLayers is not { } layers || givenKeep is not { } keep)
        {
            return null;
        }

        CheckLayers(layers, faults);
        CheckKeep(keep, faults);
        if (layers.Length != keep.Length)
        {
            faults.Invalid("keep", $"{keep.Length} shares given for {layers.Length} layers");
        }

        return faults.Any ? null : new PDropSpec([.. layers.Select(layer => (int)layer)], keep);
    }

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static void CheckLayers(ImmutableArray<double> layers, FaultCollector faults)
    {
        for (var stage = 0; stage < layers.Length; stage++)
        {
            var least = stage == 0 ? 1 : layers[stage - 1] + 1;
            if (layers[stage] != Math.Floor(layers[stage]) || layers[stage] < least || layers[stage] > int.MaxValue)
            {
                var limit = FormattableString.Invariant($"{layers[stage]:R} must be an integer of at least {least:R}");
                faults.Invalid("layers", limit + ": layers increase, the first is at least 1");
            }
        }
    }

    private static void CheckKeep(ImmutableArray<double> keep, FaultCollector faults)
    {
        for (var stage = 0; stage < keep.Length; stage++)
        {
            var most = stage == 0 ? 1 : keep[stage - 1];
            if (keep[stage] < 0 || keep[stage] > most)
            {
                var limit = FormattableString.Invariant($"{keep[stage]:R} must be within 0..{most:R}");
                faults.Invalid("keep", limit + ": shares are of the original tokens and do not increase");
            }
        }
    }
}
