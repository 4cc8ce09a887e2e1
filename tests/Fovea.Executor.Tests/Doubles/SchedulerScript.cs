using System.Threading.Channels;
using Fovea.Contracts.V1;
using Grpc.Core;

namespace Fovea.Executor.Tests.Doubles;

/// <summary>What the fake scheduler does, and what it has seen; one life of it.</summary>
internal sealed class SchedulerScript
{
    private readonly CancellationTokenSource _broken = new();
    private Channel<WatchResponse> _feed = Channel.CreateUnbounded<WatchResponse>();
    private Channel<PlanStreamResponse> _plans = Channel.CreateUnbounded<PlanStreamResponse>();
    private int _nonce;

    /// <summary>Answers a descriptor; null is silence.</summary>
    public Func<PlanDescriptor, PlanStreamResponse?> OnDescriptor { get; set; } = _ => null;

    /// <summary>When set, every call ends with it.</summary>
    public StatusCode? RefuseWith { get; set; }

    /// <summary>Sent first on every feed stream; null sends nothing.</summary>
    public Snapshot? Snapshot { get; set; }

    public Channel<PlanStreamRequest> PlanRequests { get; } = Channel.CreateUnbounded<PlanStreamRequest>();

    public Channel<WatchRequest> WatchRequests { get; } = Channel.CreateUnbounded<WatchRequest>();

    /// <summary>Counts calls, refused ones too.</summary>
    public Channel<string> Calls { get; } = Channel.CreateUnbounded<string>();

    public CancellationToken Broken => _broken.Token;

    public void Push(Snapshot snapshot) => Send(Update(snapshot));

    public void Send(WatchResponse response) => _feed.Writer.TryWrite(response);

    /// <summary>Sends on the newest plan stream what nobody asked for.</summary>
    public void SendOnPlans(PlanStreamResponse response) => _plans.Writer.TryWrite(response);

    public ChannelWriter<PlanStreamResponse> OpenPlans(out ChannelReader<PlanStreamResponse> outgoing)
    {
        _plans = Channel.CreateUnbounded<PlanStreamResponse>();
        outgoing = _plans.Reader;
        return _plans.Writer;
    }

    public async Task BreakAsync() => await _broken.CancelAsync();

    public ChannelReader<WatchResponse> OpenFeed()
    {
        _feed = Channel.CreateUnbounded<WatchResponse>();
        if (Snapshot is { } snapshot)
        {
            Push(snapshot);
        }

        return _feed.Reader;
    }

    public void Refuse(ServerCallContext context)
    {
        Calls.Writer.TryWrite(context.Method);
        if (RefuseWith is { } code)
        {
            throw new RpcException(new Status(code, "refused by the test"));
        }
    }

    /// <summary>Reads feed requests until one of this kind.</summary>
    public async Task<WatchRequest> NextAsync(WatchRequest.KindOneofCase kind)
    {
        while (true)
        {
            var request = await WatchRequests.Reader.ReadAsync().AsTask().InTimeAsync();
            if (request.KindCase == kind)
            {
                return request;
            }
        }
    }

    private WatchResponse Update(Snapshot snapshot)
    {
        var update = Snapshots.Whole(snapshot);
        update.Nonce = $"n{Interlocked.Increment(ref _nonce)}";
        return new WatchResponse { Update = update };
    }
}
