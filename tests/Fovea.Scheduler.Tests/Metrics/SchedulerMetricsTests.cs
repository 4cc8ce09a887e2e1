using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Fovea.Contracts.V1;
using Fovea.Scheduler.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Fovea.Scheduler.Tests.Metrics;

public sealed class SchedulerMetricsTests
{
    [Fact]
    public async Task Instruments_AfterTraffic_CountIt()
    {
        var counts = new ConcurrentDictionary<string, double>();
        await using var scheduler = await TestScheduler.StartAsync();
        using var listener = Listen(scheduler, counts);
        using (var client = await PlanClient.OpenAsync(scheduler))
        {
            await client.AskAsync(PlanClient.Descriptor());
            await client.AskAsync(PlanClient.Descriptor("r2", 5000));
            Assert.Equal(1, counts["scheduler_plan_streams"]);
            await client.CompleteAsync();
            await client.EndAsync();
        }

        await using (var executor = await FeedClient.OpenAsync(scheduler, "e1"))
        {
            await executor.AckAsync(executor.First);
            await scheduler.ApplyAsync(TestPolicies.Full("a"));
            var second = await executor.NextUpdateAsync();
            await executor.SendAsync(new WatchRequest { Nack = new Nack { Nonce = second.Nonce, Message = "no" } });
            await scheduler.ApplyAsync(TestPolicies.Full("b"));
            await executor.NextUpdateAsync();
        }

        listener.RecordObservableInstruments();
        Assert.Equal(0, counts["scheduler_plan_streams"]);
        Assert.Equal(1, counts["scheduler_plan_decisions_total{result=planned}"]);
        Assert.Equal(1, counts["scheduler_plan_decisions_total{result=invalid_argument}"]);
        Assert.True(counts["scheduler_plan_decision_seconds"] > 0);
        Assert.Equal(3, counts["scheduler_policy_revision"]);
        Assert.Equal(3, counts["scheduler_plan_pushes_total{result=sent}"]);
        Assert.Equal(1, counts["scheduler_plan_pushes_total{result=acked}"]);
        Assert.Equal(1, counts["scheduler_plan_pushes_total{result=nacked}"]);
        Assert.Equal(1, counts["scheduler_plan_pushes_total{result=lost}"]);
        Assert.Equal(1, counts["scheduler_plan_rejects_total{reason=nack}"]);
    }

    private static MeterListener Listen(TestScheduler scheduler, ConcurrentDictionary<string, double> counts)
    {
        var factory = scheduler.App.Services.GetRequiredService<IMeterFactory>();
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, started) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, factory))
                {
                    started.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();
        return listener;

        void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var name = tags.Length == 0 ? instrument.Name : $"{instrument.Name}{{{tags[0].Key}={tags[0].Value}}}";
            counts.AddOrUpdate(name, value, (_, sum) => sum + value);
        }
    }
}
