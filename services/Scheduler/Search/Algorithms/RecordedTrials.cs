using Fovea.Planning.Schedules;

namespace Fovea.Scheduler.Search.Algorithms;

/// <summary>Answers for the trials that an earlier run of the same search finished, so that it goes on where that run ended.</summary>
/// <remarks>A search is a deterministic function of its verdicts and means: with these it makes the same candidates again.</remarks>
internal sealed class RecordedTrials
{
    private readonly Dictionary<(int Step, KeepRates Rates), TrialRecord> _trials = [];

    /// <summary>Keeps trials; of two for one candidate the later one counts.</summary>
    public RecordedTrials(IEnumerable<TrialRecord> trials)
    {
        ArgumentNullException.ThrowIfNull(trials);
        foreach (var trial in trials)
        {
            _trials[(trial.Step, trial.Rates)] = trial;
        }
    }

    /// <summary>Gets the answer of a search that begins.</summary>
    public static RecordedTrials None { get; } = new([]);

    /// <summary>Returns the finished trial of a candidate, or null.</summary>
    public TrialRecord? Find(TrialRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _trials.GetValueOrDefault((request.Step, request.Rates));
    }
}
