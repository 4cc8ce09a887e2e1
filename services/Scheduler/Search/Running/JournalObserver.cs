using Fovea.Scheduler.Search.Algorithms;
using Fovea.Scheduler.Search.Journal;

namespace Fovea.Scheduler.Search.Running;

/// <summary>Writes each finished trial of a search to its journal before the search goes on, and shows how far it is.</summary>
internal sealed class JournalObserver : ISearchObserver
{
    private readonly SearchTools _tools;
    private readonly SearchLease _lease;
    private readonly TrialEvaluator _evaluator;
    private readonly SearchProgressBoard _board;

    /// <summary>Makes the observer of a runner.</summary>
    public JournalObserver(SearchTools tools, SearchLease lease, TrialEvaluator evaluator, SearchProgressBoard board)
    {
        (_tools, _lease, _evaluator, _board) = (tools, lease, evaluator, board);
    }

    /// <inheritdoc/>
    public void OnTrialStarting(TrialRequest request, SearchState state) => _board.Begin(state);

    /// <inheritdoc/>
    public async Task OnTrialFinishedAsync(TrialRecord trial, SearchState state, bool replayed, CancellationToken cancellationToken)
    {
        if (replayed)
        {
            _board.Take(state);
            return;
        }

        var metric = _tools.Searches.Read(_lease.SearchId)!.Head.Spec.Metric;
        var message = TrialMapping.ToProto(trial, metric, _evaluator.LastDuration);

        // A trial that is scored is kept, even when the search was told to end meanwhile.
        var record = await _tools.Searches.AppendAsync(_lease, new SearchEntry.Tried(message, _evaluator.LastLosses), CancellationToken.None);
        _tools.Metrics.TrialDone();
        _board.End(state, message);
        _board.Show(record, message);
        SearchLog.TrialDone(_tools.Logger, _lease.SearchId, message.Index, message.Step, message.Metric, message.SamplesScored, message.Passed);
    }
}
