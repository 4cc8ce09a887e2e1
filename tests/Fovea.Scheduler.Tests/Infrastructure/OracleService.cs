using System.Collections.Concurrent;
using System.Threading.Channels;
using Fovea.Contracts.V1;
using Grpc.Core;

namespace Fovea.Scheduler.Tests.Infrastructure;

/// <summary>Is an executor's calibration service without a model.</summary>
internal sealed class OracleService : CalibrationService.CalibrationServiceBase
{
    private readonly OracleScript _script;
    private readonly OracleLife _life;

    public OracleService(OracleScript script, OracleLife life)
    {
        (_script, _life) = (script, life);
    }

    public override Task<DescribeCalibrationResponse> DescribeCalibration(DescribeCalibrationRequest request, ServerCallContext context)
    {
        var response = new DescribeCalibrationResponse { Model = OracleScript.Model(), ExecutorId = _life.Id };
        response.Sets.AddRange(_script.Sets.Select(OracleScript.SummaryOf));
        return Task.FromResult(response);
    }

    public override async Task GetSet(GetSetRequest request, IServerStreamWriter<SetPart> responseStream, ServerCallContext context) =>
        await responseStream.WriteAsync(new SetPart { Questions = OracleScript.QuestionsOf(request.Digest) });

    public override Task<SetSummary> FetchSet(FetchSetRequest request, ServerCallContext context)
    {
        _script.FetchedFrom.Enqueue(request.From);
        _script.Sets.Add(request.Digest);
        return Task.FromResult(OracleScript.SummaryOf(request.Digest));
    }

    public override Task<CostTable> MeasureCost(MeasureCostRequest request, ServerCallContext context) => Task.FromResult(new CostTable
    {
        LayerTimes = { new LayerTime { Rows = 1, Seconds = 0.001 }, new LayerTime { Rows = request.MostRows, Seconds = 0.001 * request.MostRows } },
        FixedSeconds = 0.002,
        Dtype = "fp32",
        Device = "cpu",
    });

    public override async Task Evaluate(
        IAsyncStreamReader<EvaluateRequest> requestStream, IServerStreamWriter<EvaluateResponse> responseStream, ServerCallContext context)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, _life.Ended);
        await requestStream.MoveNext(ends.Token);
        var open = requestStream.Current.Open;
        var shards = Channel.CreateUnbounded<Shard>();
        var dropped = new ConcurrentDictionary<long, bool>();
        var working = WorkAsync(open.Metrics[0], shards.Reader, dropped, responseStream, ends.Token);
        while (await requestStream.MoveNext(ends.Token))
        {
            if (requestStream.Current.Shard is { } shard)
            {
                shards.Writer.TryWrite(shard);
            }
            else
            {
                dropped[requestStream.Current.DropShard] = true;
                _script.Dropped.Enqueue(requestStream.Current.DropShard);
            }
        }

        shards.Writer.Complete();
        await working;
    }

    private async Task WorkAsync(
        Metric metric,
        ChannelReader<Shard> shards,
        ConcurrentDictionary<long, bool> dropped,
        IServerStreamWriter<EvaluateResponse> responses,
        CancellationToken cancellationToken)
    {
        await foreach (var shard in shards.ReadAllAsync(cancellationToken))
        {
            _script.Shards.Enqueue((metric, shard));
            if (_script.Fail(shard) is { } failure)
            {
                failure.Shard = shard.Id;
                await responses.WriteAsync(new EvaluateResponse { Failed = failure }, cancellationToken);
                continue;
            }

            foreach (var sample in shard.Samples.TakeWhile(_ => !dropped.ContainsKey(shard.Id)))
            {
                await _script.BeforeScore(shard, sample, cancellationToken);
                var response = new EvaluateResponse { Score = OracleScript.ScoreOf(shard, sample) };
                await responses.WriteAsync(response, cancellationToken);
                if (_script.SendsTwice)
                {
                    await responses.WriteAsync(response, cancellationToken);
                }
            }

            await responses.WriteAsync(new EvaluateResponse { Done = new ShardDone { Shard = shard.Id } }, cancellationToken);
        }
    }
}
