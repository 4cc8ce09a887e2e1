using System.Collections.Immutable;
using Fovea.Planning.Costs;
using Fovea.Planning.Schedules;
using Fovea.Planning.Validation;

namespace Fovea.Scheduler.Search.Algorithms;

/// <summary>Finds the sigmoid that spends each of some budgets best (arXiv 2412.00556, Scenario II).</summary>
/// <remarks>
/// <code>
/// for each budget, the largest first
///     try: its neighbour's best (k, A), the warm start's, Sobol's, then by expected improvement   1.
///         c from the budget: the cost never exceeds it                                            2.
///         counts tried before: their loss is known                                                3.
///         else score; racing ends it once its loss is surely beyond the margin                    4.
///         tell the optimiser -min(loss, best + margin)                                            5.
///     best: least loss, then fewer FLOPs, then lower k                                            6.
/// </code>
/// What is told is cut off at the margin above the best so far whether a trial was raced or not, so racing changes no candidate
/// and no result; and the process is not bent by the cliff where a model fails, but learns where losses are small.
/// Candidates are rounded to a few digits, so that a table reads well and the last bit of a logarithm decides nothing.
/// </remarks>
internal sealed class PSigmoid
{
    private readonly PSigmoidOptions _options;
    private readonly ITrialEvaluator _evaluator;
    private readonly ISearchObserver _observer;

    /// <summary>Makes a search; it can be run any number of times.</summary>
    public PSigmoid(PSigmoidOptions options, ITrialEvaluator evaluator, ISearchObserver observer)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Trials, 1, "trials");
        ArgumentOutOfRangeException.ThrowIfZero(options.Budgets.Length, "budgets");
        (_options, _evaluator, _observer) = (options, evaluator, observer);
    }

    /// <summary>Returns a fault for each budget that no sigmoid can meet, with the nearest that one can.</summary>
    public static ImmutableArray<PlanFault> Check(PSigmoidOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return
        [
            .. options.Budgets.SelectMany(budget => budget.Validate().ToImmutableArray() is { IsEmpty: false } faults
                ? faults
                : SigmoidShift.Solve(new(budget, First: options.FirstLayer), options.Context).Faults),
        ];
    }

    /// <summary>Runs the search to its end; every budget can be met (<see cref="Check"/>).</summary>
    /// <param name="recorded">Trials that an earlier run finished.</param>
    /// <param name="cancellationToken">Ends the search between or within trials.</param>
    public async Task<PSigmoidResult> RunAsync(RecordedTrials recorded, CancellationToken cancellationToken = default)
    {
        var warm = WarmStart();
        var ledger = new TrialLedger(_evaluator, _observer, recorded);
        var known = new SigmoidMemory();
        var order = Order(warm);
        var outcomes = new BudgetOutcome[order.Length];
        for (var step = 0; step < order.Length; step++)
        {
            // The neighbour is the budget before: the next larger one.
            double[][] starts = step == 0 ? [warm] : [Parameters(outcomes[order[step - 1]]), warm];
            var run = new PSigmoidRun(_options, order[step], known, ledger);
            outcomes[order[step]] = await run.RunAsync(starts, step, cancellationToken);
        }

        return new([.. outcomes], ToTable(outcomes), ledger.ToImmutable());
    }

    private static double[] Parameters(BudgetOutcome outcome) => [outcome.Solution.Curve.Slope, outcome.Solution.Curve.Amplitude];

    private double[] WarmStart()
    {
        var layers = _options.Context.Shape.Layers;
        if (_options.WarmStart is { } rates && rates.Count - _options.FirstLayer >= 3)
        {
            var fit = LogisticFit.Fit(rates, _options.FirstLayer);
            return [fit.Slope, fit.Amplitude];
        }

        var slope = SigmoidDefaults.Slope(layers);
        return [slope, SigmoidDefaults.Amplitude(layers, slope, 0)];
    }

    /// <summary>Returns the places of the budgets by descending mean keep rate of the warm start.</summary>
    private ImmutableArray<int> Order(double[] warm)
    {
        var means = _options.Budgets.Select(budget =>
            SigmoidShift.Solve(new(budget, warm[0], warm[1], _options.FirstLayer), _options.Context).Require().Rates.Average());
        return [.. means.Select((mean, index) => (mean, index)).OrderByDescending(of => of.mean).ThenBy(of => of.index).Select(of => of.index)];
    }

    private ImmutableArray<BudgetPoint> ToTable(IEnumerable<BudgetOutcome> outcomes) =>
    [
        .. outcomes
            .OrderBy(outcome => outcome.MeanLoss)
            .Select(outcome => new BudgetPoint(MeanKeep(outcome), outcome.Solution.Curve.Slope, outcome.Solution.Curve.Amplitude))
            .DistinctBy(point => point.MeanKeep)
            .OrderBy(point => point.MeanKeep),
    ];

    /// <summary>Returns the mean asked for, so that asking again is answered by this point; of other budgets the mean reached.</summary>
    private double MeanKeep(BudgetOutcome outcome) => outcome.Budget.Kind == BudgetKind.MeanKeep
        ? outcome.Budget.Value
        : CostModel.MeanKeep(outcome.Solution.Counts.AsSpan(), _options.Context.VisionTokens);
}
