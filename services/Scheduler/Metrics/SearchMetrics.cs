using System.Diagnostics.Metrics;
using Fovea.Contracts.V1;
using Fovea.Scheduler.Search.Journal;

namespace Fovea.Scheduler.Metrics;

/// <summary>Owns the instruments of searches.</summary>
internal sealed class SearchMetrics
{
    private static readonly SearchStatus[] Statuses =
        [SearchStatus.Running, SearchStatus.Done, SearchStatus.Failed, SearchStatus.Cancelled, SearchStatus.Interrupted];

    private readonly Counter<long> _trials;
    private readonly Counter<long> _samples;
    private readonly Counter<long> _reruns;

    /// <summary>Makes the instruments; searches are counted whenever they are asked for.</summary>
    public SearchMetrics(IMeterFactory factory, ISearchStore store)
    {
        var meter = factory.Create(SchedulerMetrics.MeterName);
        _trials = meter.CreateCounter<long>("scheduler_search_trials_total", description: "Finished trials of searches");
        _samples = meter.CreateCounter<long>("scheduler_search_samples_total", description: "Questions scored for searches");
        _reruns = meter.CreateCounter<long>("scheduler_search_reruns_total", description: "Questions that had to be given to another executor");
        meter.CreateObservableGauge("scheduler_searches", () => Count(store), description: "Searches kept, by status");
    }

    /// <summary>Counts a finished trial.</summary>
    public void TrialDone() => _trials.Add(1);

    /// <summary>Counts a scored question.</summary>
    public void SampleScored() => _samples.Add(1);

    /// <summary>Counts questions whose executor was lost.</summary>
    public void Rerun(int samples) => _reruns.Add(samples);

    private static IEnumerable<Measurement<long>> Count(ISearchStore store)
    {
        var counts = store.List().CountBy(record => record.Head.Status).ToDictionary();
        return Statuses.Select(status => new Measurement<long>(
            counts.GetValueOrDefault(status), new KeyValuePair<string, object?>("status", status.ToString().ToLowerInvariant())));
    }
}
