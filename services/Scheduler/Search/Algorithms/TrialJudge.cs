using System.Collections.Immutable;
using Fovea.Statistics;

namespace Fovea.Scheduler.Search.Algorithms;

/// <summary>Compares the losses of a candidate with those of the full model, sample by sample.</summary>
/// <remarks>
/// <para>
/// The tests: the mean alone (<see cref="ConfidenceRule.None"/>); for answers that are right or wrong the exact sign test at
/// tolerance 0 and Tango's score above it, which holds its level with few differing answers; for nats the paired t-test, whose
/// mean of some hundred differences is near enough to normal though one difference is not.
/// </para>
/// <para>
/// A verdict on some of the samples is the verdict of the full evaluation by construction. Under every rule but the t-test, a
/// larger loss never turns a failure into a pass; floating-point sums in the order of the samples keep that. So the least and
/// the greatest loss are put where none is known: what passes with the greatest passes, what fails with the least fails.
/// Under the t-test one loss more can do either (it raises the mean and the spread), and nats have no greatest loss: there a
/// trial is scored to its end, or by the mean alone to a certain failure.
/// </para>
/// </remarks>
internal sealed class TrialJudge
{
    /// <summary>Means this little above the tolerance still meet it, so that a decimal means the fraction it stands for.</summary>
    public const double Slack = 1e-12;

    private readonly JudgeOptions _options;
    private readonly ImmutableArray<double> _full;
    private readonly double _normal;
    private readonly double _student;

    /// <summary>Prepares to judge candidates.</summary>
    /// <param name="options">How losses are compared.</param>
    /// <param name="fullLosses">Losses of the full model by sample, at least one.</param>
    public TrialJudge(JudgeOptions options, ImmutableArray<double> fullLosses)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfZero(fullLosses.Length);
        if (options.Confidence is not (> 0.5 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Confidence, "the confidence must be above 0.5 and below 1");
        }

        if (fullLosses.FirstOrDefault(loss => !IsLoss(loss, options.Losses), 0) is not 0 and var bad)
        {
            throw new ArgumentOutOfRangeException(nameof(fullLosses), bad, "is no loss of the full model");
        }

        (_options, _full) = (options, fullLosses);
        _normal = Normal.Quantile(options.Confidence);
        _student = fullLosses.Length > 1 ? StudentT.Quantile(options.Confidence, fullLosses.Length - 1) : double.PositiveInfinity;
        FullMeanLoss = fullLosses.Sum() / fullLosses.Length;
    }

    /// <summary>Gets the mean loss of the full model.</summary>
    public double FullMeanLoss { get; }

    /// <summary>Returns the verdict on what is scored so far.</summary>
    /// <param name="scores">Losses of the candidate, as many as the full model's.</param>
    /// <param name="tolerance">Most that the mean loss may grow, not negative.</param>
    public TrialVerdict Decide(TrialScores scores, double tolerance)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentOutOfRangeException.ThrowIfNegative(tolerance);
        if (scores.Losses.Length != _full.Length)
        {
            throw new ArgumentException($"{scores.Losses.Length} losses cannot be compared with {_full.Length}", nameof(scores));
        }

        if (scores.IsComplete)
        {
            return Passes(scores, tolerance, 0) ? TrialVerdict.Pass : TrialVerdict.Fail;
        }

        var isBinary = _options.Losses == LossKind.Binary;
        if ((isBinary || _options.Rule == ConfidenceRule.None) && !Passes(scores, tolerance, 0))
        {
            return TrialVerdict.Fail;
        }

        return isBinary && Passes(scores, tolerance, 1) ? TrialVerdict.Pass : TrialVerdict.Undecided;
    }

    private static bool IsLoss(double loss, LossKind kind) => kind == LossKind.Binary ? loss is 0 or 1 : double.IsFinite(loss) && loss >= 0;

    /// <summary>Returns whether the losses pass, with <paramref name="unknown"/> where none is known.</summary>
    private bool Passes(TrialScores scores, double tolerance, double unknown)
    {
        var (sum, lost, won) = (0d, 0, 0);
        for (var i = 0; i < _full.Length; i++)
        {
            var difference = Difference(scores, i, unknown);
            sum += difference;
            lost += difference > 0 ? 1 : 0;
            won += difference < 0 ? 1 : 0;
        }

        var mean = sum / _full.Length;
        return (_options.Rule, _options.Losses) switch
        {
            (ConfidenceRule.None, _) => mean <= tolerance + Slack,
            (_, LossKind.Binary) => PassesByCounts(lost, won, tolerance),
            _ => PassesByMean(scores, mean, tolerance),
        };
    }

    private bool PassesByCounts(int lost, int won, double tolerance)
    {
        var isLenient = _options.Rule == ConfidenceRule.Lenient;
        if (tolerance >= 1)
        {
            return true;
        }

        if (tolerance == 0)
        {
            var chance = 1 - _options.Confidence;
            return isLenient
                ? Binomial.UpperTail(lost, lost + won, 0.5) > chance
                : Binomial.LowerTail(lost, lost + won, 0.5) <= chance;
        }

        var score = PairedProportions.Score(lost, won, _full.Length, tolerance);
        return isLenient ? score <= _normal : score < -_normal;
    }

    private bool PassesByMean(TrialScores scores, double mean, double tolerance)
    {
        if (!double.IsFinite(mean) || _full.Length == 1)
        {
            return double.IsFinite(mean) && _options.Rule == ConfidenceRule.Lenient;
        }

        var squares = 0d;
        for (var i = 0; i < _full.Length; i++)
        {
            var deviation = Difference(scores, i, 0) - mean;
            squares += deviation * deviation;
        }

        var half = _student * Math.Sqrt(squares / (_full.Length - 1) / _full.Length);
        return _options.Rule == ConfidenceRule.Lenient ? mean - half <= tolerance + Slack : mean + half < tolerance;
    }

    private double Difference(TrialScores scores, int sample, double unknown)
    {
        var loss = scores.Losses[sample];
        if (double.IsNaN(loss))
        {
            return unknown - _full[sample];
        }

        if (loss < 0 || (_options.Losses == LossKind.Binary && loss is not (0 or 1)))
        {
            throw new ArgumentOutOfRangeException(nameof(scores), loss, $"is no loss of sample {sample}");
        }

        return loss - _full[sample];
    }
}
