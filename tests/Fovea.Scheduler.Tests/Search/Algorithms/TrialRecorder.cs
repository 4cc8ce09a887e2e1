using Fovea.Scheduler.Search.Algorithms;

namespace Fovea.Scheduler.Tests.Search.Algorithms;

/// <summary>Keeps what a search tells.</summary>
internal sealed class TrialRecorder : ISearchObserver
{
    public List<TrialRecord> Trials { get; } = [];

    public List<SearchState> States { get; } = [];

    public int Started { get; private set; }

    public int Replayed { get; private set; }

    public void OnTrialStarting(TrialRequest request, SearchState state) => Started++;

    public Task OnTrialFinishedAsync(TrialRecord trial, SearchState state, bool replayed, CancellationToken cancellationToken)
    {
        Trials.Add(trial);
        States.Add(state);
        Replayed += replayed ? 1 : 0;
        return Task.CompletedTask;
    }
}
