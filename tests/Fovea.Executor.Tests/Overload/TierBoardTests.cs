using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Executor.Intake;
using Fovea.Executor.Overload;
using Fovea.Executor.Tests.Doubles;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Fovea.Executor.Tests.Overload;

public sealed class TierBoardTests
{
    private const string Model = "demo";

    private readonly ManualTime _time = new();
    private readonly AdmissionQueue _queue;
    private readonly TierBoard _board;

    public TierBoardTests()
    {
        var options = Options.Create(new IntakeOptions { MaxRunning = 1, QueueLimit = 100 });
        _queue = new AdmissionQueue(options, _time);
        _board = new TierBoard(new OverloadMeter(_queue, new KvReservations(options), new ModelHost()), _time, NullLogger<TierBoard>.Instance);
    }

    [Fact]
    public void TierOf_NoSnapshotOrNoLadder_IsZero()
    {
        Assert.Equal(0, TierOf(null, "default"));
        Assert.Equal(0, TierOf(Read(LadderSnapshots.Of(1, null)), "default"));
        Assert.Equal(0, _board.Highest);
    }

    [Fact]
    public async Task TierOf_RequestsWait_ClimbsAndComesBackByTheClock()
    {
        var snapshot = Read(LadderSnapshots.Of(1, LadderSnapshots.Waiting(1000, (1, 0.7), (3, 0.5))));
        Assert.Equal(0, TierOf(snapshot, "default"));
        var first = await EnterAsync();
        var waiting = Enumerable.Range(0, 3).Select(_ => EnterAsync().AsTask()).ToList();
        Assert.Equal((2, 2), (TierOf(snapshot, "default"), _board.Highest));

        first.Dispose();
        foreach (var task in waiting)
        {
            (await task.InTimeAsync()).Dispose();
        }

        Assert.Equal(2, _board.Highest);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, _board.Highest);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, TierOf(snapshot, "default"));
    }

    [Fact]
    public async Task TierOf_SpikeBetweenTwoLooks_IsNotMissed()
    {
        var snapshot = Read(LadderSnapshots.Of(1, LadderSnapshots.Waiting(1000, (1, 0.7))));
        TierOf(snapshot, "default");

        var first = await EnterAsync();
        var second = EnterAsync().AsTask();
        first.Dispose();
        (await second.InTimeAsync()).Dispose();

        Assert.Equal(1, TierOf(snapshot, "default"));
    }

    [Fact]
    public async Task TierOf_LadderTakenAway_IsZeroAtOnce()
    {
        var laddered = Read(LadderSnapshots.Of(1, LadderSnapshots.Waiting(1000, (1, 0.7))));
        using var first = await EnterAsync();
        var second = EnterAsync().AsTask();
        Assert.Equal(1, TierOf(laddered, "default"));

        Assert.Equal(0, TierOf(Read(LadderSnapshots.Of(2, null)), "default"));
        Assert.Equal(0, _board.Highest);
        Assert.False(second.IsCompleted);
    }

    [Fact]
    public async Task TierOf_OtherPolicyAndOtherModel_HaveTheirOwnLadders()
    {
        var message = LadderSnapshots.Of(1, LadderSnapshots.Waiting(1000, (1, 0.7)));
        var patient = message.Policies[0].Clone();
        (patient.Policy.Name, patient.Policy.Ladder) = ("patient", LadderSnapshots.Waiting(1000, (50, 0.7)));
        var foreign = message.Policies[0].Clone();
        (foreign.Policy.Name, foreign.Policy.Model) = ("foreign", "another");
        message.Policies.Add(patient);
        message.Policies.Add(foreign);
        using var first = await EnterAsync();
        var second = EnterAsync().AsTask();

        var tiers = new[] { "default", "patient", "foreign", "unknown" }.Select(name => TierOf(Read(message), name));

        Assert.Equal([1, 0, 0, 0], tiers);
        Assert.False(second.IsCompleted);
    }

    [Fact]
    public async Task TierOf_RequestsRefusedBelowEveryThreshold_ClimbsBeforeMoreAreRefused()
    {
        var snapshot = Read(LadderSnapshots.Of(1, LadderSnapshots.Waiting(1000, (50, 0.7), (60, 0.5))));
        Assert.Equal(0, TierOf(snapshot, "default"));
        using (var served = await EnterAsync())
        {
            _time.Advance(TimeSpan.FromSeconds(3));
            served.Served();
        }

        using var first = await EnterAsync();
        var deadline = _time.GetUtcNow().UtcDateTime.AddSeconds(4);
        await Assert.ThrowsAsync<RequestRefusedException>(() => _queue.EnterAsync(deadline, CancellationToken.None).AsTask());
        Assert.Equal(1, TierOf(snapshot, "default"));

        // One that could not be served even alone says nothing of the load.
        var hopeless = _time.GetUtcNow().UtcDateTime.AddSeconds(1);
        await Assert.ThrowsAsync<RequestRefusedException>(() => _queue.EnterAsync(hopeless, CancellationToken.None).AsTask());

        Assert.Equal(1, TierOf(snapshot, "default"));
    }

    [Fact]
    public async Task TierOf_CanaryWithALadderOfItsOwn_IsTheTierOfTheVersionThatServes()
    {
        var message = LadderSnapshots.Of(2, LadderSnapshots.Waiting(1000, (1, 0.7)));
        var trial = message.Policies[0].Policy.Clone();
        trial.Ladder = LadderSnapshots.Waiting(1000, (1, 0.7), (2, 0.5));
        message.Policies[0].Canary = new Canary { Policy = trial, Share = 0.5, Revision = 2 };
        var snapshot = Read(message);
        using var first = await EnterAsync();
        var waiting = new[] { EnterAsync().AsTask(), EnterAsync().AsTask() };

        var ids = Enumerable.Range(0, 40).Select(number => $"request-{number}").ToList();
        var canaries = ids.Where(id => snapshot.Policies.FindVersions("default", Model)!.VersionFor(id).IsCanary).ToList();

        Assert.InRange(canaries.Count, 1, ids.Count - 1);
        Assert.All(ids, id => Assert.Equal(canaries.Contains(id) ? 2 : 1, TierOf(snapshot, "default", id)));
        Assert.All(waiting, task => Assert.False(task.IsCompleted));
    }

    private static PlanningSnapshot Read(Snapshot message) => SnapshotMapping.ToDomain(message).Require();

    private ValueTask<AdmissionPlace> EnterAsync() => _queue.EnterAsync(DateTime.MaxValue, CancellationToken.None);

    private int TierOf(PlanningSnapshot? snapshot, string policy, string requestId = "r1") => _board.TierOf(snapshot, Model, policy, requestId);
}
