using Fovea.Contracts.V1;
using Fovea.Scheduler.Search.Algorithms;
using Fovea.Scheduler.Search.Journal;

namespace Fovea.Scheduler.Search.Running;

/// <summary>Makes the states that watchers of a running search see.</summary>
/// <remarks>Called by the runner's thread alone.</remarks>
internal sealed class SearchProgressBoard
{
    private readonly LiveSearch _live;
    private readonly TimeProvider _time;
    private readonly TimeSpan _every;
    private readonly int _samples;
    private readonly Func<int> _executors;
    private SearchRecord _record;
    private SearchProgress _progress;
    private long _published;
    private long _trialStart;
    private double _scored;
    private double _seconds;

    /// <summary>Begins at the state of a record.</summary>
    /// <param name="live">Where states are published.</param>
    /// <param name="record">The search.</param>
    /// <param name="tools">Clock and options.</param>
    /// <param name="executors">Tells how many executors score now.</param>
    public SearchProgressBoard(LiveSearch live, SearchRecord record, SearchTools tools, Func<int> executors)
    {
        (_live, _record, _time, _every, _executors) = (live, record, tools.Time, tools.Options.ProgressEvery, executors);
        _samples = record.Questions.Samples.Length;
        _progress = new SearchProgress { TrialsDone = record.Trials.Count, Samples = _samples, EtaSeconds = -1 };
        (_published, _trialStart) = (_time.GetTimestamp(), _time.GetTimestamp());
        foreach (var tried in record.Trials)
        {
            _scored += tried.Trial.SamplesScored;
            _seconds += tried.Trial.Seconds;
        }
    }

    /// <summary>Takes over a record that the store has confirmed, with the trial that it ends with if that is new.</summary>
    public void Show(SearchRecord record, SearchTrial? trial = null)
    {
        _record = record;
        Publish(trial);
    }

    /// <summary>Begins a trial.</summary>
    public void Begin(SearchState state)
    {
        Take(state);
        _trialStart = _time.GetTimestamp();
        Publish(null);
    }

    /// <summary>Ends a trial.</summary>
    public void End(SearchState state, SearchTrial trial)
    {
        _scored += trial.SamplesScored;
        _seconds += trial.Seconds;
        Take(state);
    }

    /// <summary>Takes over where a replay has come to.</summary>
    public void Take(SearchState state)
    {
        _progress = new SearchProgress
        {
            TrialsDone = state.TrialsDone,
            TrialsExpected = state.TrialsExpected,
            Step = state.Step,
            Steps = state.Steps,
            Samples = _samples,
            BestMetric = double.IsNaN(state.BestLoss) ? 0 : MetricScale.MetricOf(_record.Head.Spec.Metric, state.BestLoss),
        };
        _progress.BestRates.AddRange(state.BestRates);
    }

    /// <summary>Takes note of questions scored; it is shown unless another state was shown just before.</summary>
    public void Score(int samples)
    {
        _progress.SamplesDone = samples;
        if (_time.GetElapsedTime(_published) >= _every)
        {
            Publish(null);
        }
    }

    private void Publish(SearchTrial? trial)
    {
        var search = _record.Head.Clone();
        search.Progress = _progress.Clone();
        search.Progress.Executors = _executors();
        search.Progress.EtaSeconds = Eta();
        _published = _time.GetTimestamp();
        _live.Publish(new SearchUpdate { Search = search, Trial = trial });
    }

    /// <summary>Returns the seconds that the trials still expected take at the rate measured; negative while none is.</summary>
    private double Eta()
    {
        var trials = _progress.TrialsDone;
        var seconds = _seconds + (_progress.SamplesDone > 0 ? _time.GetElapsedTime(_trialStart).TotalSeconds : 0);
        var scored = _scored + _progress.SamplesDone;
        if (scored <= 0 || seconds <= 0 || _progress.TrialsExpected == 0)
        {
            return -1;
        }

        var samplesOfTrial = trials > 0 ? _scored / trials : _samples;
        var left = (Math.Max(0, _progress.TrialsExpected - trials) * samplesOfTrial) - _progress.SamplesDone;
        return Math.Max(0, left) * seconds / scored;
    }
}
