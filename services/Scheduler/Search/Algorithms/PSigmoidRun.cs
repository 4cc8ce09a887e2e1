using System.Collections.Immutable;
using System.Globalization;
using Fovea.Planning.Costs;
using Fovea.Planning.Schedules;

namespace Fovea.Scheduler.Search.Algorithms;

/// <summary>Searches one budget of P-Sigmoid; used once.</summary>
internal sealed class PSigmoidRun
{
    private readonly PSigmoidOptions _options;
    private readonly int _index;
    private readonly Budget _budget;
    private readonly SigmoidMemory _known;
    private readonly TrialLedger _ledger;
    private readonly ImmutableArray<double>.Builder _trace = ImmutableArray.CreateBuilder<double>();
    private SigmoidSolution? _best;
    private double _bestLoss = double.PositiveInfinity;
    private int _step;

    /// <summary>Prepares the search of the budget at a place of the options.</summary>
    public PSigmoidRun(PSigmoidOptions options, int index, SigmoidMemory known, TrialLedger ledger) =>
        (_options, _index, _budget, _known, _ledger) = (options, index, options.Budgets[index], known, ledger);

    /// <summary>Searches the budget.</summary>
    /// <param name="starts">Slopes and amplitudes tried first.</param>
    /// <param name="step">Budgets searched before.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<BudgetOutcome> RunAsync(double[][] starts, int step, CancellationToken cancellationToken)
    {
        _step = step;
        ImmutableArray<SearchAxis> axes =
        [
            new(_options.Slopes.Low, _options.Slopes.High, true),
            new(_options.Amplitudes.Low, _options.Amplitudes.High),
        ];
        var seed = _options.Seed + (0x9E3779B97F4A7C15UL * (ulong)_index);
        var optimizer = new BayesianOptimizer(axes, _options.SobolTrials, seed, starts);
        while (_trace.Count < _options.Trials)
        {
            double[] point = [.. optimizer.Ask().Select(Rounded)];
            var spec = new SigmoidBudgetSpec(_budget, point[0], point[1], _options.FirstLayer);
            var solution = SigmoidShift.Solve(spec, _options.Context).Require();
            var cut = _bestLoss + _options.RaceMargin;
            var trial = _known.Find(solution.Counts, _index);
            if (trial is null)
            {
                trial = await _ledger.RunAsync(PlanOf(solution), ToState(), finished => TakeUp(finished, solution), cancellationToken);
            }
            else
            {
                TakeUp(trial, solution);
            }

            optimizer.Tell(point, -(trial.Raced ? cut : Math.Min(trial.MeanLoss, cut)));
        }

        return new(_budget, _best!, _bestLoss, _trace.ToImmutable());
    }

    /// <summary>Returns the value to four digits.</summary>
    private static double Rounded(double value) =>
        double.Parse(value.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private TrialPlan PlanOf(SigmoidSolution solution) => new(
        new(_index, solution.Rates, Math.Min(_options.FirstLayer, solution.Counts.Length)),
        solution.Counts,
        scores => Decide(scores, solution),
        _options.UseRacing ? verdict => verdict == TrialVerdict.Fail : null)
    {
        Curve = solution.Curve,
    };

    /// <summary>Passes the best of all, fails what is no better; on some of the samples fails what is surely beyond the margin.</summary>
    private TrialVerdict Decide(TrialScores scores, SigmoidSolution solution)
    {
        if (scores.IsComplete)
        {
            return IsBetter(solution, scores.MeanLoss) ? TrialVerdict.Pass : TrialVerdict.Fail;
        }

        // Losses are not negative, so what is not scored can only add to the sum.
        var least = scores.Losses.Where(loss => !double.IsNaN(loss)).Sum() / scores.Losses.Length;
        return least >= _bestLoss + _options.RaceMargin ? TrialVerdict.Fail : TrialVerdict.Undecided;
    }

    private SearchState TakeUp(TrialRecord trial, SigmoidSolution solution)
    {
        if (!trial.Raced && IsBetter(solution, trial.MeanLoss))
        {
            (_best, _bestLoss) = (solution, trial.MeanLoss);
        }

        _known.Add(trial);
        _trace.Add(_bestLoss);
        return ToState();
    }

    private bool IsBetter(SigmoidSolution solution, double loss) =>
        _best is null || (loss, Flops(solution), solution.Curve.Slope).CompareTo((_bestLoss, Flops(_best), _best.Curve.Slope)) < 0;

    private double Flops(SigmoidSolution solution)
    {
        var context = _options.Context;
        var layout = TokenLayout.UpperBound(context.VisionTokens, context.TextTokens);
        return CostModel.Evaluate(context.Shape, solution.Counts.AsSpan(), layout, context.Accounting).Total;
    }

    private SearchState ToState()
    {
        var left = ((_options.Budgets.Length - _step) * _options.Trials) - _trace.Count;
        var rates = _best?.Rates ?? KeepRates.Full(_options.Context.Shape.Layers);
        return new(_step, _options.Budgets.Length, _ledger.Count, _ledger.Count + left, rates, _bestLoss);
    }
}
