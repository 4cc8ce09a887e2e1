using System.Collections.Immutable;
using Fovea.Planning.Schedules;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Tables;

/// <summary>Gives the seconds of one decoder layer by the rows that enter it, as measured for a model.</summary>
/// <remarks>
/// Time is linear between two measured rows. Below the first it stays that of the first, and beyond the last it goes on as
/// between the last two. It never falls as rows grow, so a budget can be solved by it.
/// </remarks>
public sealed record LatencyTable
{
    /// <summary>Gets the name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>Gets the revision of the model's weights, or <c>*</c> for any.</summary>
    public string ModelRevision { get; init; } = Schedule.Any;

    /// <summary>Gets the rows measured, ascending, at least two.</summary>
    public required ImmutableArray<int> Rows { get; init; }

    /// <summary>Gets the seconds of one layer at each of them, non-decreasing.</summary>
    public required ImmutableArray<double> Seconds { get; init; }

    /// <summary>Gets the seconds of a prefill beside its layers.</summary>
    public double FixedSeconds { get; init; }

    /// <summary>Returns the seconds of one layer.</summary>
    public double LayerSeconds(int rows)
    {
        var found = Rows.BinarySearch(rows);
        if (found >= 0)
        {
            return Seconds[found];
        }

        var above = ~found;
        if (above == 0)
        {
            return Seconds[0];
        }

        var right = Math.Min(above, Rows.Length - 1);
        var left = right - 1;
        var slope = (Seconds[right] - Seconds[left]) / (Rows[right] - Rows[left]);
        return Seconds[left] + (slope * (rows - Rows[left]));
    }

    /// <summary>Returns the milliseconds of a prefill.</summary>
    /// <param name="counts">Vision tokens entering each layer.</param>
    /// <param name="textTokens">All other tokens.</param>
    public double Milliseconds(ReadOnlySpan<int> counts, int textTokens)
    {
        var seconds = FixedSeconds;
        foreach (var count in counts)
        {
            seconds += LayerSeconds(count + textTokens);
        }

        return seconds * 1000;
    }

    /// <summary>Returns every fault.</summary>
    public ImmutableArray<PlanFault> Validate()
    {
        var faults = new FaultCollector();
        Names.Check("model", Model, false, faults);
        Names.Check("modelRevision", ModelRevision, true, faults);
        if (!double.IsFinite(FixedSeconds) || FixedSeconds < 0)
        {
            faults.Invalid("fixedSeconds", FormattableString.Invariant($"{FixedSeconds} must be finite and at least 0"));
        }

        if (Rows.Length < 2 || Rows.Length != Seconds.Length)
        {
            faults.Invalid("layerTimes", $"{Rows.Length} rows and {Seconds.Length} times given, at least two of each are needed");
            return faults.ToImmutable();
        }

        for (var index = 0; index < Rows.Length; index++)
        {
            CheckTime(index, faults);
        }

        return faults.ToImmutable();
    }

    /// <summary>Returns whether both hold the same numbers.</summary>
    public bool Equals(LatencyTable? other) =>
        other is not null
        && (Model, ModelRevision, FixedSeconds) == (other.Model, other.ModelRevision, other.FixedSeconds)
        && Sequences.AreEqual(Rows, other.Rows)
        && Sequences.AreEqual(Seconds, other.Seconds);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Model, ModelRevision, FixedSeconds, Rows.Length);

    private void CheckTime(int index, FaultCollector faults)
    {
        var least = index == 0 ? 1 : Rows[index - 1] + 1L;
        if (Rows[index] < least)
        {
            faults.Invalid($"layerTimes[{index}].rows", $"{Rows[index]} must be at least {least}: rows ascend");
        }

        var floor = index == 0 ? 0 : Seconds[index - 1];
        if (!double.IsFinite(Seconds[index]) || Seconds[index] <= 0 || Seconds[index] < floor)
        {
            faults.Invalid(
                $"layerTimes[{index}].seconds",
                FormattableString.Invariant($"{Seconds[index]} must be finite, above 0 and at least {floor} of the fewer rows before"));
        }
    }
}
