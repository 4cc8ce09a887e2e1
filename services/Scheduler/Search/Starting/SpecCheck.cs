using Fovea.Contracts.V1;
using Fovea.Planning.Validation;

namespace Fovea.Scheduler.Search.Starting;

/// <summary>Checks a specification by itself, its defaults filled in.</summary>
internal static class SpecCheck
{
    private const int DigestLength = 64;
    private const int MostTrials = 10_000;
    private const int MostBudgets = 64;
    private const int MostResolution = 1_000_000;
    private const double MostTolerancePoints = 100;
    private const double MostToleranceNats = 1e6;

    /// <summary>Notes every fault.</summary>
    public static void Check(SearchSpec spec, SearchFaults faults)
    {
        if (!Names.IsValid(spec.Model))
        {
            faults.Invalid("spec.model", $"'{spec.Model}' is no model name");
        }

        CheckSets(spec, faults);
        faults.Known("spec.metric", spec.Metric);
        faults.Known("spec.toleranceSplit", spec.ToleranceSplit);
        faults.Known("spec.confidenceRule", spec.ConfidenceRule);
        faults.Known("spec.scorer", spec.Scorer);
        faults.Known("spec.positions", spec.Positions);
        faults.Range("spec.tolerance", spec.Tolerance, 0, spec.Metric is Metric.Nll or Metric.Kl ? MostToleranceNats : MostTolerancePoints);
        if (!(spec.Confidence > 0.5 && spec.Confidence < 1))
        {
            faults.Invalid("spec.confidence", FormattableString.Invariant($"{spec.Confidence:R} is not between 0.5 and 1"));
        }

        faults.Range("spec.firstLayer", spec.FirstLayer, 1, int.MaxValue);
        faults.Range("spec.floor", spec.Floor, 0, int.MaxValue);
        faults.Range("spec.resolution", spec.Resolution, 0, MostResolution);
        faults.Range("spec.samples", spec.Samples, 0, int.MaxValue);
        CheckKind(spec, faults);
    }

    private static void CheckSets(SearchSpec spec, SearchFaults faults)
    {
        if (!IsDigest(spec.Set?.Digest))
        {
            faults.Invalid("spec.set.digest", $"'{spec.Set?.Digest}' is no digest of {DigestLength} lower-case hexadecimal digits");
        }

        if (spec.HeldOut is null)
        {
            return;
        }

        if (!IsDigest(spec.HeldOut.Digest))
        {
            faults.Invalid("spec.heldOut.digest", $"'{spec.HeldOut.Digest}' is no digest of {DigestLength} lower-case hexadecimal digits");
        }
        else if (spec.HeldOut.Digest == spec.Set?.Digest)
        {
            faults.Invalid("spec.heldOut.digest", "is the searched set itself; held-out questions must be others");
        }
    }

    private static void CheckKind(SearchSpec spec, SearchFaults faults)
    {
        switch (spec.KindCase)
        {
            case SearchSpec.KindOneofCase.Gsearch:
                faults.Known("spec.gsearch.inner", spec.Gsearch.Inner);
                break;
            case SearchSpec.KindOneofCase.Psigmoid:
                faults.Range("spec.psigmoid.trials", spec.Psigmoid.Trials, 1, MostTrials);
                faults.Range("spec.psigmoid.budgets", spec.Psigmoid.Budgets.Count, 1, MostBudgets);
                break;
            default:
                faults.Invalid("spec", "neither gsearch nor psigmoid is given");
                break;
        }
    }

    private static bool IsDigest(string? digest) =>
        digest is { Length: DigestLength } && digest.All(letter => char.IsAsciiDigit(letter) || letter is >= 'a' and <= 'f');
}
