using System.Collections.Concurrent;
using System.Threading.Channels;
using Fovea.Contracts.V1;
using Fovea.Executor.Calibration.Sets;
using Fovea.Executor.Intake;
using Fovea.Executor.Metrics;
using Fovea.Executor.Planning;
using Grpc.Core;

namespace Fovea.Executor.Calibration;

/// <summary>One stream of trials.</summary>
/// <remarks>
/// A reader takes shards in, up to a number that wait; a worker scores them in order, one sample after another, and writes each
/// score before it begins the next sample. So a caller that does not read holds the worker up, and one that sends too much the
/// reader; nothing grows. Whatever ends the stream ends the step that runs within one layer.
/// </remarks>
internal sealed class EvaluateSession
{
    private readonly EvaluateSetup _setup;
    private readonly StoredSet _set;
    private readonly Evaluator _evaluator;
    private readonly CalibrationMetrics _metrics;
    private readonly ConcurrentDictionary<long, ShardTicket> _open = new();

    /// <summary>Prepares a stream.</summary>
    public EvaluateSession(EvaluateSetup setup, StoredSet set, Evaluator evaluator, CalibrationMetrics metrics)
    {
        _setup = setup;
        _set = set;
        _evaluator = evaluator;
        _metrics = metrics;
    }

    /// <summary>Samples scored.</summary>
    public long Samples { get; private set; }

    /// <summary>Decoder layers that their prompts ran through.</summary>
    public long Forwards { get; private set; }

    /// <summary>Serves the stream until the caller has sent everything and has its answers.</summary>
    /// <param name="requests">What follows the opening message.</param>
    /// <param name="responses">The caller's stream.</param>
    /// <param name="capacity">Most shards that wait.</param>
    /// <param name="cancellationToken">Fires when the stream must end.</param>
    public async Task RunAsync(
        IAsyncStreamReader<EvaluateRequest> requests, IServerStreamWriter<EvaluateResponse> responses, int capacity, CancellationToken cancellationToken)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var shards = Channel.CreateBounded<ShardTicket>(new BoundedChannelOptions(capacity) { SingleReader = true, SingleWriter = true });
        var reading = ReadAsync(requests, shards.Writer, ends.Token);
        try
        {
            await foreach (var ticket in shards.Reader.ReadAllAsync(ends.Token).ConfigureAwait(false))
            {
                await WorkAsync(ticket, responses, ends.Token).ConfigureAwait(false);
            }
        }
        finally
        {
            await ends.CancelAsync().ConfigureAwait(false);
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var id in _open.Keys)
            {
                Close(id);
            }
        }
    }

    private async Task ReadAsync(IAsyncStreamReader<EvaluateRequest> requests, ChannelWriter<ShardTicket> shards, CancellationToken ends)
    {
        try
        {
            while (await requests.MoveNext(ends).ConfigureAwait(false))
            {
                await TakeAsync(requests.Current, shards, ends).ConfigureAwait(false);
            }

            shards.TryComplete();
        }
        catch (Exception e)
        {
            shards.TryComplete(e); // shards taken in before it are still answered, unless the whole stream ends
            throw;
        }
    }

    private async Task TakeAsync(EvaluateRequest request, ChannelWriter<ShardTicket> shards, CancellationToken ends)
    {
        switch (request.KindCase)
        {
            case EvaluateRequest.KindOneofCase.Shard:
                var ticket = new ShardTicket(request.Shard, ends);
                if (!_open.TryAdd(request.Shard.Id, ticket))
                {
                    ticket.Dispose();
                    throw Misused("shard.id", $"Shard {request.Shard.Id} is not answered yet; each needs an id of its own.");
                }

                _metrics.ShardQueued();
                await shards.WriteAsync(ticket, ends).ConfigureAwait(false);
                break;
            case EvaluateRequest.KindOneofCase.DropShard:
                if (_open.TryGetValue(request.DropShard, out var dropped))
                {
                    await dropped.DropAsync().ConfigureAwait(false);
                }

                break;
            default:
                throw Misused("kind", "After the opening message only shards and drops can follow.");
        }
    }

    private static RequestRefusedException Misused(string field, string message) => new([new RequestFault(RefusalReason.Invalid, field, message)]);

    private async Task WorkAsync(ShardTicket ticket, IServerStreamWriter<EvaluateResponse> responses, CancellationToken ends)
    {
        var id = ticket.Shard.Id;
        var last = new EvaluateResponse { Done = new ShardDone { Shard = id } };
        try
        {
            await ScoreAsync(ticket, responses, ends).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!ends.IsCancellationRequested)
        {
            // Dropped: what is done is done.
        }
        catch (Exception e) when (e is RequestRefusedException or PlanMisfitException)
        {
            last = Failed(id, ExceptionMapper.Map(e, default).Status);
        }
        catch (ArgumentException e)
        {
            last = Failed(id, new Status(StatusCode.InvalidArgument, e.Message));
        }

        Close(id);
        await responses.WriteAsync(last, ends).ConfigureAwait(false);
    }

    private async Task ScoreAsync(ShardTicket ticket, IServerStreamWriter<EvaluateResponse> responses, CancellationToken ends)
    {
        var shard = ticket.Shard;
        var schedule = ShardReader.Read(shard, _set, _setup.Model.Profile.Shape.Layers);
        foreach (var index in shard.Samples)
        {
            ticket.Ends.ThrowIfCancellationRequested();
            var score = await _evaluator.ScoreAsync(_setup, _set, schedule, (shard.Id, index), ticket.Ends).ConfigureAwait(false);
            Samples++;
            Forwards += score.LayerForwards;
            await responses.WriteAsync(new EvaluateResponse { Score = score }, ends).ConfigureAwait(false);
        }
    }

    private static EvaluateResponse Failed(long shard, Status status) => new()
    {
        Failed = new ShardFailed { Shard = shard, Code = (int)status.StatusCode, Message = status.Detail },
    };

    private void Close(long id)
    {
        if (_open.TryRemove(id, out var ticket))
        {
            _metrics.ShardEnded();
            ticket.Dispose();
        }
    }
}
