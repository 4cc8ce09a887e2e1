using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Planning.Tables;
using Fovea.Scheduler.Schedules;
using Fovea.Scheduler.Search.Fanout;
using Fovea.Scheduler.Store;
using Grpc.Core;

namespace Fovea.Scheduler.Search.Starting;

/// <summary>Sees to it that what a layer takes is known before a budget of milliseconds is solved.</summary>
internal sealed class CostMeasurement
{
    private readonly ISchedulerStore _store;
    private readonly TableWriter _tables;
    private readonly CalibrationChannels _channels;
    private readonly SearchOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Makes the measurement.</summary>
    public CostMeasurement(ISchedulerStore store, TableWriter tables, CalibrationChannels channels, SearchOptions options, TimeProvider time)
    {
        (_store, _tables, _channels, _options, _time) = (store, tables, channels, options, time);
    }

    /// <summary>Returns the stored cost table of a model's revision; null when there is none.</summary>
    public LatencyTable? Find(string model, string revision) =>
        _store.Current.CostTables.GetValueOrDefault(model) is { } table && table.ModelRevision == revision
            ? CostTableMapping.ToDomain(table).Require()
            : null;

    /// <summary>Returns the stored cost table of the executor's model, measured there and stored first when there is none.</summary>
    /// <exception cref="RpcException">The executor could not measure, or the table could not be stored.</exception>
    public async Task<LatencyTable> EnsureAsync(SurveyedExecutor executor, int mostRows, CancellationToken cancellationToken)
    {
        var (model, revision) = (executor.Model.Name, executor.Model.Revision);
        if (Find(model, revision) is { } known)
        {
            return known;
        }

        using var channel = _channels.Open(executor.Address);
        var table = await LimitedCall.RunAsync(
            token => CalibrationChannels.ClientOf(channel)
                .MeasureCostAsync(new MeasureCostRequest { MostRows = mostRows }, cancellationToken: token).ResponseAsync,
            _options.LongCallTimeout,
            _time,
            cancellationToken);
        (table.Model, table.ModelRevision) = (model, revision);
        return CostTableMapping.ToDomain(await _tables.PutAsync(table, cancellationToken)).Require();
    }
}
