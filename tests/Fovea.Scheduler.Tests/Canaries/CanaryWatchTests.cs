using System.Collections.Concurrent;
using Fovea.Contracts.Snapshots;
using Fovea.Contracts.V1;
using Fovea.Scheduler.Canaries;
using Fovea.Scheduler.Fleet;
using Fovea.Scheduler.Metrics;
using Fovea.Scheduler.Store;
using Fovea.Scheduler.Tests.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fovea.Scheduler.Tests.Canaries;

public sealed class CanaryWatchTests : IAsyncLifetime
{
    private readonly Parts _parts = new();
    private readonly CanaryOptions _options = new();
    private readonly FleetRegistry _fleet;
    private readonly EndingDouble _ending;
    private readonly LogLines<CanaryWatch> _log = new();
    private readonly CanaryWatch _watch;

    public CanaryWatchTests()
    {
        _fleet = new FleetRegistry(new FleetOptions(), _parts.Time, NullLogger<FleetRegistry>.Instance);
        _ending = new EndingDouble(_parts.Store);
        var tools = new CanaryTools(_options, new CanaryMetrics(_parts.Meters, _parts.Store), _parts.Time, _log);
        _watch = new CanaryWatch(_parts.Store, _fleet, _fleet, _ending, tools);
    }

    public Task InitializeAsync() => _watch.StartAsync(CancellationToken.None);

    public async Task DisposeAsync()
    {
        await _watch.StopAsync(CancellationToken.None);
        _watch.Dispose();
        _parts.Dispose();
    }

    [Fact]
    public async Task Watch_FailingCanary_IsEndedAtTheNextLookWithTheNumbers()
    {
        var canary = await BeginAsync();
        var session = Connect("e1");
        await LookAsync();
        session.Report(Arms.Load(Arms.Report(true, 40, 40, revision: canary), Arms.Report(false, 400, revision: canary)));

        await LookAsync();

        var (policy, revision, reason) = await _ending.NextAsync();
        Assert.Equal(("default", canary), (policy, revision));
        Assert.StartsWith("40 of 40 requests failed", reason, StringComparison.Ordinal);
        Assert.Null(_parts.Store.Current.Policies["default"].Canary);
    }

    [Fact]
    public async Task Watch_SoundCanary_GoesOn()
    {
        var canary = await BeginAsync();
        Connect("e1").Report(Arms.Load(Arms.Report(true, 400, 2, revision: canary), Arms.Report(false, 3600, 20, revision: canary)));

        await LookAsync();
        await LookAsync();

        Assert.Empty(_ending.Calls);
        Assert.NotNull(_parts.Store.Current.Policies["default"].Canary);
    }

    [Fact]
    public async Task Watch_SnapshotRefused_EndsTheCanaryThoughANewerOneIsInUse()
    {
        var canary = await BeginAsync();
        var session = Connect("e1");
        session.Refuse(new Nack { Nonce = session.Push(At(canary), isWhole: true), Message = "bad rule" });
        var next = At(canary + 1);
        session.Acknowledge(new Ack { Nonce = session.Push(next, isWhole: true), Epoch = next.Epoch, Revision = next.Revision, Digest = next.Digest });

        await LookAsync();

        Assert.Contains($"'e1' refused revision {canary}: bad rule", (await _ending.NextAsync()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_SnapshotRefusedAndStoreAway_TriesAgain()
    {
        var canary = await BeginAsync();
        _ending.Failures = 1;
        var session = Connect("e1");
        session.Refuse(new Nack { Nonce = session.Push(At(canary), isWhole: true), Message = "bad rule" });

        await LookAsync();
        await LookAsync();

        await _ending.NextAsync();
        Assert.Equal(2, _ending.Attempts);
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public async Task Watch_OlderOrForeignRefusal_IsNone(int offset, bool isSameEpoch)
    {
        var canary = await BeginAsync();
        var session = Connect("e1");
        var epoch = isSameEpoch ? _parts.Store.Current.Epoch : "another";
        session.Refuse(new Nack { Nonce = session.Push(new SnapshotId(epoch, canary + offset, "d"), isWhole: true) });

        await LookAsync();
        await LookAsync();

        Assert.Empty(_ending.Calls);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public async Task Watch_DifferenceThatDoesNotFitOrNewerInUse_IsNoRefusal(bool relist, int ahead)
    {
        var canary = await BeginAsync();
        var session = Connect("e1");
        session.Refuse(new Nack
        {
            Nonce = session.Push(At(canary), isWhole: false),
            Relist = relist,
            HeldEpoch = _parts.Store.Current.Epoch,
            HeldRevision = canary + ahead,
        });

        await LookAsync();
        await LookAsync();

        Assert.Empty(_ending.Calls);
    }

    [Fact]
    public async Task Watch_StoreAway_TriesAgain()
    {
        var canary = await BeginAsync();
        _ending.Failures = 2;
        Connect("e1").Report(Arms.Load(Arms.Report(true, 40, 40, revision: canary), Arms.Report(false, 400, revision: canary)));

        await LookAsync();
        await LookAsync();
        await LookAsync();

        await _ending.NextAsync();
        Assert.Equal(3, _ending.Attempts);
        Assert.Equal(2, _log.Warnings.Count(line => line.Contains("tried again", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Watch_NextCanaryOfThePolicy_StartsWithoutTheEvidenceOfTheLast()
    {
        var first = await BeginAsync();
        var session = Connect("e1");
        session.Report(Arms.Load(Arms.Report(true, 40, 40, revision: first), Arms.Report(false, 400, revision: first)));
        await LookAsync();
        await _ending.NextAsync();

        await BeginAsync();
        await LookAsync();
        await LookAsync();

        Assert.Single(_ending.Calls);
        Assert.NotNull(_parts.Store.Current.Policies["default"].Canary);
    }

    [Fact]
    public async Task Watch_ExecutorGone_ItsEvidenceStays()
    {
        var canary = await BeginAsync();
        var session = Connect("e1");
        session.Report(Arms.Load(Arms.Report(true, 15, 15, revision: canary), Arms.Report(false, 200, revision: canary)));
        await LookAsync();
        _fleet.Disconnect(session);
        Connect("e2").Report(Arms.Load(Arms.Report(true, 15, 15, revision: canary), Arms.Report(false, 200, revision: canary)));

        await LookAsync();

        Assert.StartsWith("30 of 30", (await _ending.NextAsync()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_ImpossibleReport_IsLoggedAndHarmless()
    {
        var canary = await BeginAsync();
        Connect("e1").Report(Arms.Load(Arms.Report(true, 40, 41, revision: canary)));

        await LookAsync();
        await LookAsync();

        Assert.Empty(_ending.Calls);
        Assert.Contains("41 failures of 40 requests", Assert.Single(_log.Warnings), StringComparison.Ordinal);
    }

    /// <summary>Lets the watch look once more and wait again, unless the canary is over.</summary>
    private async Task LookAsync()
    {
        var state = _parts.Store.Current;
        if (state.Policies["default"].Canary is null)
        {
            return;
        }

        var over = _parts.Store.WaitForChangeAsync(state, CancellationToken.None);
        await await Task.WhenAny(_parts.Time.WaitForTimerAsync(_options.Interval), over);
        var arms = _parts.Time.Arms;
        _parts.Time.Advance(_options.Interval);
        await await Task.WhenAny(_parts.Time.WaitForArmsAsync(arms + 1), over);
    }

    private async Task<long> BeginAsync()
    {
        var policy = TestPolicies.Full("default");
        var state = await _parts.Store.UpdateAsync(
            _ => new StoreChange.PutPolicy(policy, new Canary { Policy = policy, Share = 0.1 }), CancellationToken.None);
        return state.Revision;
    }

    private SnapshotId At(long revision) => new(_parts.Store.Current.Epoch, revision, $"d{revision}");

    private ExecutorSession Connect(string id)
    {
        var subscribe = FeedClient.Subscription(id);
        (subscribe.HeldEpoch, subscribe.HeldRevision) = (_parts.Store.Current.Epoch, _parts.Store.Current.Revision);
        return _fleet.Connect(subscribe)!;
    }

    private sealed class EndingDouble(FileStore store) : ICanaryEnding
    {
        private readonly System.Threading.Channels.Channel<(string, long, string)> _ended =
            System.Threading.Channels.Channel.CreateUnbounded<(string, long, string)>();

        public ConcurrentQueue<string> Calls { get; } = new();

        public int Attempts { get; private set; }

        public int Failures { get; set; }

        public async Task<(string Policy, long Revision, string Reason)> NextAsync() =>
            await _ended.Reader.ReadAsync().AsTask().WaitAsync(Limits.Step);

        public async Task<bool> FailAsync(string policy, long canaryRevision, string reason, CancellationToken cancellationToken)
        {
            Attempts++;
            if (Failures-- > 0)
            {
                throw new StoreUnavailableException("away", new IOException());
            }

            Calls.Enqueue(reason);
            await store.UpdateAsync(state => new StoreChange.PutPolicy(state.Policies[policy].Policy), cancellationToken);
            _ended.Writer.TryWrite((policy, canaryRevision, reason));
            return true;
        }
    }
}
