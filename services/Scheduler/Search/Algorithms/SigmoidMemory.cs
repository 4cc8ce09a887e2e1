using System.Collections.Immutable;

namespace Fovea.Scheduler.Search.Algorithms;

/// <summary>Remembers the trials of equal counts, so that none is scored twice; used by one search.</summary>
internal sealed class SigmoidMemory
{
    private readonly Dictionary<string, TrialRecord> _trials = new(StringComparer.Ordinal);

    /// <summary>Returns an earlier trial of these counts that says all that is needed, or null.</summary>
    /// <param name="counts">Counts of the candidate.</param>
    /// <param name="step">Budget searched: a trial cut short by another budget's best says too little.</param>
    public TrialRecord? Find(ImmutableArray<int> counts, int step) =>
        _trials.TryGetValue(KeyOf(counts), out var trial) && (!trial.Raced || trial.Step == step) ? trial : null;

    /// <summary>Keeps a trial in place of an earlier one of its counts.</summary>
    public void Add(TrialRecord trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        _trials[KeyOf(trial.Counts)] = trial;
    }

    private static string KeyOf(ImmutableArray<int> counts) => string.Join(',', counts);
}
