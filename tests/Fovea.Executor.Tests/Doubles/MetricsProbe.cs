using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Fovea.Executor.Intake;
using Fovea.Executor.Metrics;
using Fovea.Executor.Overload;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Fovea.Executor.Tests.Doubles;

/// <summary>The executor's instruments with a listener of their own.</summary>
internal sealed class MetricsProbe : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, double> _sums = new(StringComparer.Ordinal);

    public MetricsProbe()
    {
        var (options, host) = (Options.Create(new IntakeOptions()), new ModelHost());
        var meter = new OverloadMeter(new AdmissionQueue(options, TimeProvider.System), new KvReservations(options), host);
        var tiers = new TierBoard(meter, TimeProvider.System, NullLogger<TierBoard>.Instance);
        Metrics = new ExecutorMetrics(_services.GetRequiredService<IMeterFactory>(), new ExecutorLoad(meter, tiers, host));
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == _services.GetRequiredService<IMeterFactory>())
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    public ExecutorMetrics Metrics { get; }

    /// <summary>Sum of what an instrument recorded under its one label value.</summary>
    public double Value(string instrument, string? label) => _sums.GetValueOrDefault($"{instrument}/{label}");

    public void Dispose()
    {
        _listener.Dispose();
        _services.Dispose();
    }

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _sums.AddOrUpdate($"{instrument.Name}/{(tags.Length > 0 ? tags[0].Value : null)}", value, (_, sum) => sum + value);
}
