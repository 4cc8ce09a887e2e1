using System.Globalization;
using Fovea.Contracts.V1;
using Fovea.Scheduler.Store;
using Fovea.Scheduler.Store.Redis;
using StackExchange.Redis;

namespace Fovea.Scheduler.Fleet;

/// <summary>Publishes this scheduler's executors to Redis and shows them together with those of the others.</summary>
/// <remarks>
/// What is published expires unless it is published again, so a scheduler that died is forgotten. The board may be behind by a poll of
/// the store; this scheduler's own executors are always as they are now. Without Redis the others' stay until they expire.
/// </remarks>
internal sealed class RedisFleetBoard : BackgroundService, IFleetBoard
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Expiry = TimeSpan.FromSeconds(15);

    private readonly string _id = Guid.NewGuid().ToString("N");
    private readonly FleetRegistry _local;
    private readonly RedisLink _link;
    private readonly StoreOptions _options;
    private readonly TimeProvider _time;
    private readonly Hint _hint = new();
    private IReadOnlyList<ExecutorStatus> _published = [];
    private volatile IReadOnlyList<FleetPage> _others = [];
    private TaskCompletionSource _othersChanged = NewSignal();

    /// <summary>Makes the board; it works from the start of the host to its end.</summary>
    public RedisFleetBoard(FleetRegistry local, RedisLink link, StoreOptions options, TimeProvider time)
    {
        (_local, _link, _options, _time) = (local, link, options, time);
        link.OnHint(link.Keys.FleetChanges, _hint.Give);
    }

    /// <inheritdoc/>
    public Task Changed => Task.WhenAny(_local.Changed, Volatile.Read(ref _othersChanged).Task);

    /// <inheritdoc/>
    public IReadOnlyList<ExecutorStatus> List() => FleetMerge.Of(_local.List().Concat(Pages().SelectMany(page => page.Now(_time))));

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (published, read) = (Refresh, _options.PollInterval);
        var last = _time.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var isDue = published >= Refresh || !FleetMerge.AreAlike(_published, _local.List());
                published = isDue ? await PublishAsync(stoppingToken) : published;
                read = read >= _options.PollInterval || isDue ? await ReadAsync(stoppingToken) : read;
            }
            catch (Exception exception) when (exception is StoreUnavailableException or OperationCanceledException or ObjectDisposedException)
            {
                // The link says that Redis is away; the next look tries again.
            }

            last = _time.GetTimestamp();
            var isHinted = await _hint.WaitAsync(Look, _time, stoppingToken);
            var waited = _time.GetElapsedTime(last);
            (published, read) = (published + waited, isHinted ? _options.PollInterval : read + waited);
        }
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await _link.EvaluateAsync(RedisFleetScripts.Remove, Own, [_id, (string)_link.Keys.FleetChanges!], cancellationToken);
        }
        catch (Exception exception) when (exception is StoreUnavailableException or OperationCanceledException or ObjectDisposedException)
        {
            // It expires by itself.
        }
    }

    private RedisKey[] Own => [_link.Keys.Schedulers, _link.Keys.Executors(_id)];

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private IEnumerable<FleetPage> Pages() => _others.Where(page => page.Age + _time.GetElapsedTime(page.Read) < Expiry);

    private async Task<TimeSpan> PublishAsync(CancellationToken cancellationToken)
    {
        var executors = _local.List();
        var page = new ListExecutorsResponse { Executors = { executors } };
        await _link.EvaluateAsync(
            RedisFleetScripts.Publish,
            Own,
            [_id, Google.Protobuf.MessageExtensions.ToByteArray(page), (long)Expiry.TotalMilliseconds, (string)_link.Keys.FleetChanges!],
            cancellationToken);
        _published = executors;
        return TimeSpan.Zero;
    }

    private async Task<TimeSpan> ReadAsync(CancellationToken cancellationToken)
    {
        var before = FleetMerge.Of(Pages().SelectMany(page => page.Executors));

        // From before the call, so that what others heard is never taken for newer than it is.
        var read = _time.GetTimestamp();
        var answer = await _link.EvaluateAsync(
            RedisFleetScripts.Read, [_link.Keys.Schedulers], [_id, (string)_link.Keys.Executors(string.Empty)!], cancellationToken);
        _others = [.. ((RedisResult[])answer!).Select(page => ToPage((RedisResult[])page!, read))];
        if (!FleetMerge.AreAlike(before, FleetMerge.Of(Pages().SelectMany(page => page.Executors))))
        {
            Interlocked.Exchange(ref _othersChanged, NewSignal()).SetResult();
        }

        return TimeSpan.Zero;
    }

    private static FleetPage ToPage(RedisResult[] fields, long read) => new(
        [.. ListExecutorsResponse.Parser.ParseFrom((byte[])fields[1]!).Executors],
        read,
        TimeSpan.FromMilliseconds(long.Parse((string)fields[0]!, CultureInfo.InvariantCulture)));
}
