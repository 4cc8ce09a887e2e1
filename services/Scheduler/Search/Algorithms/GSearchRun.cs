using System.Collections.Immutable;
using Fovea.Planning.Schedules;

namespace Fovea.Scheduler.Search.Algorithms;

/// <summary>Holds the state of one G-Search while it goes from layer to layer; used by one search.</summary>
internal sealed class GSearchRun
{
    private readonly GSearchOptions _options;
    private readonly TrialJudge _judge;
    private readonly TrialLedger _ledger;
    private readonly CountGrid _grid;
    private readonly ILayerSearch _search;
    private readonly int[] _counts;
    private int _place;
    private int _layer;
    private double _share;
    private CountBracket _bracket;
    private TrialRecord? _accepted;

    /// <summary>Starts from keeping everything.</summary>
    public GSearchRun(GSearchOptions options, TrialJudge judge, TrialLedger ledger)
    {
        (_options, _judge, _ledger) = (options, judge, ledger);
        _grid = CountGrid.Create(options.VisionTokens, options.Floor, options.Resolution);
        _search = options.Inner == InnerSearch.Bo ? new BoLayerSearch(options.BoTrials, options.Seed) : new BisectLayerSearch();
        _counts = new int[options.Layers];
        Array.Fill(_counts, options.VisionTokens);
        _place = _grid.Top;
        _layer = options.FirstLayer;
        _bracket = new(_place);
    }

    /// <summary>Gets whether no later layer can have fewer tokens.</summary>
    public bool IsAtFloor => _place == 0;

    private int Steps => Math.Max(0, _options.Layers - _options.FirstLayer);

    private int Step => _layer - _options.FirstLayer;

    /// <summary>Finds the count of a layer; the layers are searched in order.</summary>
    public async Task SearchLayerAsync(int layer, CancellationToken cancellationToken)
    {
        _layer = layer;
        _bracket = new(_place);
        var share = _options.Split.Share(layer, _options.FirstLayer, _options.Layers);
        if (share < _share)
        {
            throw new InvalidOperationException($"the split {_options.Split.Name} takes tolerance back at layer {layer}");
        }

        _share = share;
        _search.Begin(_bracket);
        if (_options.UsePlateauTest && !await TryAsync(_bracket.High - 1, cancellationToken))
        {
            return;
        }

        while (_bracket.Open > 0)
        {
            await TryAsync(_search.Next(_bracket), cancellationToken);
        }

        _place = _bracket.High;
        _counts.AsSpan(layer).Fill(_grid[_place]);
    }

    /// <summary>Returns what was found.</summary>
    public GSearchResult ToResult()
    {
        ImmutableArray<int> counts = [.. _counts];
        return new(RatesOf(counts), counts, _accepted, _ledger.ToImmutable());
    }

    private async Task<bool> TryAsync(int place, CancellationToken cancellationToken)
    {
        var counts = new int[_counts.Length];
        _counts.AsSpan(0, _layer).CopyTo(counts);
        counts.AsSpan(_layer).Fill(_grid[place]);
        ImmutableArray<int> candidate = [.. counts];
        var tolerance = _options.Tolerance * _share;
        var plan = new TrialPlan(
            new(_layer, RatesOf(candidate), _options.UsePrefixReuse ? _layer : 0),
            candidate,
            scores => _judge.Decide(scores, tolerance),
            MayEnd());
        var trial = await _ledger.RunAsync(plan, ToState(), finished => TakeUp(finished, place, tolerance), cancellationToken);
        return trial.Passed;
    }

    private Func<TrialVerdict, bool>? MayEnd() => (_options.UseRacing, _search.NeedsLossOfFailures) switch
    {
        (false, _) => null,
        (true, true) => verdict => verdict == TrialVerdict.Pass,
        (true, false) => verdict => verdict != TrialVerdict.Undecided,
    };

    private SearchState TakeUp(TrialRecord trial, int place, double tolerance)
    {
        _search.Tell(place, trial.Passed, trial.MeanLoss - _judge.FullMeanLoss - tolerance);
        _bracket.Narrow(place, trial.Passed);
        _accepted = trial.Passed ? trial : _accepted;
        return ToState();
    }

    private SearchState ToState()
    {
        var rates = _accepted?.Rates ?? KeepRates.Full(_counts.Length);
        var expected = _ledger.Count + _bracket.Bisections + (ExpectedOfLayer() * (Steps - Step - 1));
        return new(Step, Steps, _ledger.Count, expected, rates, _accepted?.MeanLoss ?? _judge.FullMeanLoss);
    }

    /// <summary>Returns the trials that a later layer needs: as many as the layers done, or as bisection at the latest.</summary>
    private int ExpectedOfLayer()
    {
        var most = CountBracket.TrialsOf(_bracket.High);
        return Step == 0 ? most : Math.Min(most, (_ledger.Count + Step) / (Step + 1));
    }

    private KeepRates RatesOf(ImmutableArray<int> counts) =>
        KeepRates.Create([.. counts.Select(count => count / (double)_options.VisionTokens)]).Require();
}
