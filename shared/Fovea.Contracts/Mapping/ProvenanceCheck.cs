using Wire = Fovea.Contracts.V1;

namespace Fovea.Contracts.Mapping;

/// <summary>Checks where a schedule is said to come from.</summary>
internal static class ProvenanceCheck
{
    private const int MaxLength = 200;

    /// <summary>Notes every fault below <c>provenance</c>.</summary>
    public static void Check(Wire.ScheduleProvenance provenance, FaultList faults)
    {
        (string Field, string Text)[] texts =
        [
            ("searchId", provenance.SearchId), ("modelRevision", provenance.ModelRevision), ("setDigest", provenance.SetDigest),
            ("questionClass", provenance.QuestionClass), ("metric", provenance.Metric),
        ];
        foreach (var (field, text) in texts.Where(item => item.Text.Length > MaxLength || item.Text.Any(char.IsControl)))
        {
            faults.Invalid($"provenance.{field}", $"has {text.Length} characters; at most {MaxLength} and no control characters are allowed");
        }

        (string Field, double Value)[] numbers =
        [
            ("tolerance", provenance.Tolerance), ("metricFull", provenance.MetricFull), ("metricFound", provenance.MetricFound),
        ];
        foreach (var (field, value) in numbers.Where(item => !double.IsFinite(item.Value)))
        {
            faults.Invalid($"provenance.{field}", FormattableString.Invariant($"{value} is not finite"));
        }

        faults.Range("provenance.trials", provenance.Trials, 0, int.MaxValue);
        _ = EnumMapping.ToDomain(provenance.Scorer, "provenance.scorer", faults);
        _ = EnumMapping.ToDomain(provenance.Positions, "provenance.positions", faults);
    }
}
