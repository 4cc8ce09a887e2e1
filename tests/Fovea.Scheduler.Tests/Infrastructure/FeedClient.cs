using Fovea.Contracts.Snapshots;
using Fovea.Contracts.V1;
using Grpc.Core;

namespace Fovea.Scheduler.Tests.Infrastructure;

/// <summary>Is an executor's side of the feed.</summary>
internal sealed class FeedClient : IAsyncDisposable
{
    private readonly AsyncDuplexStreamingCall<WatchRequest, WatchResponse> _call;

    private FeedClient(AsyncDuplexStreamingCall<WatchRequest, WatchResponse> call) => _call = call;

    /// <summary>Opens a stream and reads what comes first: a snapshot unless the newest is held.</summary>
    public static async Task<FeedClient> OpenAsync(TestScheduler scheduler, string id, ModelProfile? model = null)
    {
        var client = await SubscribeAsync(scheduler, Subscription(id, model));
        client.First = await client.NextUpdateAsync();
        return client;
    }

    public static async Task<FeedClient> SubscribeAsync(TestScheduler scheduler, Subscribe subscribe)
    {
        var client = new FeedClient(scheduler.Feed.Watch());
        await client.SendAsync(new WatchRequest { Subscribe = subscribe });
        return client;
    }

    public static Subscribe Subscription(string id, ModelProfile? model = null, string address = "http://127.0.0.1:7081") =>
        new() { ExecutorId = id, Address = address, Model = model ?? TestModels.LlavaProfile() };

    public FeedUpdate First { get; private set; } = new(new SnapshotUpdate(), new Snapshot());

    /// <summary>What this executor holds: what it acknowledged last.</summary>
    public Snapshot Held { get; set; } = new();

    /// <summary>Sends a message; a stream that the scheduler ended meanwhile says so when it is read.</summary>
    public async Task SendAsync(WatchRequest request)
    {
        try
        {
            await _call.RequestStream.WriteAsync(request).WaitAsync(Limits.Step);
        }
        catch (RpcException)
        {
            // The refusal may be here before the write returns.
        }
    }

    public Task AckAsync(FeedUpdate update)
    {
        Held = update.Snapshot;
        return SendAsync(new WatchRequest { Ack = AckOf(update) });
    }

    public static Ack AckOf(FeedUpdate update) =>
        new() { Nonce = update.Nonce, Epoch = update.Snapshot.Epoch, Revision = update.Snapshot.Revision, Digest = update.Digest };

    public async Task<WatchResponse?> NextAsync() =>
        await _call.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Limits.Step) ? _call.ResponseStream.Current : null;

    /// <summary>Reads on to the next snapshot, put together from what is held; what else comes is passed over.</summary>
    public async Task<FeedUpdate> NextUpdateAsync()
    {
        while (await NextAsync() is { } response)
        {
            if (response.Update is { } update)
            {
                return new FeedUpdate(update, update.Snapshot ?? SnapshotDeltas.Apply(Held, update.Delta));
            }
        }

        throw new InvalidOperationException("the stream ended");
    }

    /// <summary>Reads until the stream ends and returns how.</summary>
    public async Task<Status> EndAsync()
    {
        try
        {
            while (await NextAsync() is not null)
            {
            }

            return _call.GetStatus();
        }
        catch (RpcException exception)
        {
            return exception.Status;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _call.RequestStream.CompleteAsync();
            await EndAsync();
        }
        catch (Exception exception) when (exception is InvalidOperationException or RpcException or TimeoutException)
        {
            // The stream had ended before.
        }

        _call.Dispose();
    }
}
