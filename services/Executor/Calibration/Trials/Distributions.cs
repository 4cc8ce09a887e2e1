namespace Fovea.Executor.Calibration.Trials;

/// <summary>Reads logits as distributions, in double precision.</summary>
internal static class Distributions
{
    /// <summary>Returns the natural logarithm of a token's probability.</summary>
    public static double LogProbability(ReadOnlySpan<float> logits, int id) => logits[id] - Normalizer(logits);

    /// <summary>Returns KL(<paramref name="full"/> || <paramref name="other"/>) in nats.</summary>
    public static double Divergence(ReadOnlySpan<float> full, ReadOnlySpan<float> other)
    {
        var (fullNormalizer, otherNormalizer) = (Normalizer(full), Normalizer(other));
        var sum = 0.0;
        for (var id = 0; id < full.Length; id++)
        {
            var log = full[id] - fullNormalizer;
            sum += Math.Exp(log) * (log - (other[id] - otherNormalizer));
        }

        // Rounding may take a divergence of almost nothing below zero.
        return Math.Max(0, sum);
    }

    private static double Normalizer(ReadOnlySpan<float> logits)
    {
        var largest = double.NegativeInfinity;
        foreach (var logit in logits)
        {
            largest = Math.Max(largest, logit);
        }

        var sum = 0.0;
        foreach (var logit in logits)
        {
            sum += Math.Exp(logit - largest);
        }

        return largest + Math.Log(sum);
    }
}
