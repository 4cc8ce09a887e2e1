using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Fovea.Scheduler.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Fovea.Scheduler.Tests.Metrics;

public sealed class SearchMetricsTests
{
    [Fact]
    public async Task Instruments_AfterASearch_CountIt()
    {
        var sums = new ConcurrentDictionary<string, long>();
        await using var scheduler = await TestScheduler.StartAsync(SearchCalls.Quick);
        await using var executor = await OracleExecutor.StartAsync(scheduler.Address, "e1");
        var factory = scheduler.App.Services.GetRequiredService<IMeterFactory>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, started) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, factory) && instrument.Name.StartsWith("scheduler_search", StringComparison.Ordinal))
            {
                started.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            sums.AddOrUpdate(tags.Length == 0 ? instrument.Name : $"{instrument.Name}.{tags[0].Value}", value, (_, sum) => sum + value));
        listener.Start();

        var search = await scheduler.Searches.EndAsync((await scheduler.Searches.BeginAsync(SearchCalls.GSearch())).Id);
        listener.RecordObservableInstruments();

        Assert.Equal(search.Trials.Count, sums["scheduler_search_trials_total"]);
        Assert.True(sums["scheduler_search_samples_total"] >= search.Trials.Sum(trial => trial.SamplesScored));
        Assert.Equal((1, 0), (sums["scheduler_searches.done"], sums["scheduler_searches.running"]));
    }
}
