using Fovea.Contracts.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace Fovea.Executor.Planning;

/// <summary>Both streams to one scheduler, over one connection; they live and end together.</summary>
/// <remarks>A scheduler that drains ends the feed at once and answers plans for a while; the connection lasts as long as its plan stream.</remarks>
internal sealed class SchedulerConnection : IAsyncDisposable
{
    private readonly ConnectionTools _tools;
    private readonly GrpcChannel _channel;
    private readonly FeedSession _feed;
    private readonly PlanExchange _plans;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<ConnectionEnd> _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<TimeSpan> _draining = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _replaced = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Dials a scheduler.</summary>
    public SchedulerConnection(SchedulerEndpoint scheduler, ConnectionTools tools, ExecutorIdentity identity)
    {
        Scheduler = scheduler;
        _tools = tools;
        _channel = tools.Channels.Open(scheduler);
        _feed = new FeedSession(tools.Feed, new FeedService.FeedServiceClient(_channel), identity);
        _plans = new PlanExchange(new PlanService.PlanServiceClient(_channel), identity, new SilenceRule(tools.Options, tools.Time));
        Ended = RunAsync();
    }

    /// <summary>Who is dialled.</summary>
    public SchedulerEndpoint Scheduler { get; }

    /// <summary>The plan stream.</summary>
    public PlanSession Plans => _plans.Session;

    /// <summary>Ends when the scheduler has accepted both streams.</summary>
    public Task Opened => Task.WhenAll(_feed.Opened, _plans.Opened);

    /// <summary>Ends with the first message of the feed.</summary>
    public Task Answered => _feed.Answered;

    /// <summary>Ends when the scheduler asks to move, with the time after which it may be dialled again.</summary>
    public Task<TimeSpan> Draining => _draining.Task;

    /// <summary>Ends when a newer feed of this executor has taken the place of this one; plans are still answered.</summary>
    public Task Replaced => _replaced.Task;

    /// <summary>Ends when both streams have.</summary>
    public Task<ConnectionEnd> Ended { get; }

    /// <summary>Ends both streams for this reason.</summary>
    public void Leave(string reason) => _left.TrySetResult(new ConnectionEnd(new Status(StatusCode.Unavailable, reason), null));

    /// <summary>Ends the connection once what was asked on its plan stream is answered, for which it has a while.</summary>
    public async Task RetireAsync(CancellationToken stop)
    {
        Plans.Drain();
        await Task.WhenAny(_plans.Ended, Task.Delay(_tools.Options.OpenTimeout, _tools.Time, stop)).ConfigureAwait(false);
        await DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Leave("the executor has left");
        await Ended.ConfigureAwait(false);
        _channel.Dispose();
    }

    private async Task<ConnectionEnd> RunAsync()
    {
        var feed = _feed.RunAsync(_stop.Token);
        var plans = _plans.RunAsync(_stop.Token);
        _ = ForwardAsync(_plans.Draining);
        var first = await Task.WhenAny(feed, plans, _left.Task, _plans.Session.Silent).ConfigureAwait(false);
        if (first == feed && (IsDrained(feed) || IsReplaced(feed)))
        {
            first = await Task.WhenAny(plans, _left.Task, _plans.Session.Silent).ConfigureAwait(false);
        }

        var end = await EndOfAsync(first).ConfigureAwait(false);
        _plans.Session.End();
        await _stop.CancelAsync().ConfigureAwait(false);
        await ((Task)feed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await plans.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return end with { RetryAfter = _draining.Task.IsCompletedSuccessfully ? _draining.Task.Result : null };
    }

    private bool IsDrained(Task<TimeSpan?> feed) =>
        feed is { IsCompletedSuccessfully: true, Result: { } retryAfter } && (_draining.TrySetResult(retryAfter) || _draining.Task.IsCompleted);

    private bool IsReplaced(Task feed) =>
        feed.Exception?.InnerException is RpcException { StatusCode: StatusCode.Aborted } && _replaced.TrySetResult();

    private async Task<ConnectionEnd> EndOfAsync(Task first)
    {
        if (first == _left.Task)
        {
            return await _left.Task.ConfigureAwait(false);
        }

        if (first == _plans.Session.Silent)
        {
            return new ConnectionEnd(new Status(StatusCode.Unavailable, $"no plan came for {_tools.Options.PlanSilence} (Planning:PlanSilence)"), null);
        }

        try
        {
            await first.ConfigureAwait(false);
            return new ConnectionEnd(Status.DefaultSuccess, null);
        }
        catch (Exception e) when (e is RpcException or HttpRequestException or IOException or OperationCanceledException)
        {
            return ConnectionEnd.Of(e);
        }
    }

    private async Task ForwardAsync(Task<TimeSpan> draining) => _draining.TrySetResult(await draining.ConfigureAwait(false));
}
