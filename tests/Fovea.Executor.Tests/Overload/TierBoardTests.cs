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
        Assert.Equal(0, _board.TierOf(null, Model, "default"));
        Assert.Equal(0, _board.TierOf(Read(LadderSnapshots.Of(1, null)), Model, "default"));
        Assert.Equal(0, _board.Highest);
    }

    [Fact]
    public async Task TierOf_RequestsWait_ClimbsAndComesBackByTheClock()
    {
        var snapshot = Read(LadderSnapshots.Of(1, LadderSnapshots.Waiting(1000, (1, 0.7), (3, 0.5))));
        Assert.Equal(0, _board.TierOf(snapshot, Model, "default"));
        var first = await EnterAsync();
        var waiting = Enumerable.Range(0, 3).Select(_ => EnterAsync().AsTask()).ToList();
        Assert.Equal((2, 2), (_board.TierOf(snapshot, Model, "default"), _board.Highest));

        first.Dispose();
        foreach (var task in waiting)
        {
            (await task.InTimeAsync()).Dispose();
        }

        Assert.Equal(2, _board.Highest);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, _board.Highest);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, _board.TierOf(snapshot, Model, "default"));
    }

    [Fact]
    public async Task TierOf_SpikeBetweenTwoLooks_IsNotMissed()
    {
        var snapshot = Read(LadderSnapshots.Of(1, LadderSnapshots.Waiting(1000, (1, 0.7))));
        _board.TierOf(snapshot, Model, "default");

        var first = await EnterAsync();
        var second = EnterAsync().AsTask();
        first.Dispose();
        (await second.InTimeAsync()).Dispose();

        Assert.Equal(1, _board.TierOf(snapshot, Model, "default"));
    }

    [Fact]
    public async Task TierOf_LadderTakenAway_IsZeroAtOnce()
    {
        var laddered = Read(LadderSnapshots.Of(1, LadderSnapshots.Waiting(1000, (1, 0.7))));
        using var first = await EnterAsync();
        var second = EnterAsync().AsTask();
        Assert.Equal(1, _board.TierOf(laddered, Model, "default"));

        Assert.Equal(0, _board.TierOf(Read(LadderSnapshots.Of(2, null)), Model, "default"));
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

        var tiers = new[] { "default", "patient", "foreign", "unknown" }.Select(name => _board.TierOf(Read(message), Model, name));

        Assert.Equal([1, 0, 0, 0], tiers);
        Assert.False(second.IsCompleted);
    }

    private static PlanningSnapshot Read(Snapshot message) => SnapshotMapping.ToDomain(message).Require();

    private ValueTask<AdmissionPlace> EnterAsync() => _queue.EnterAsync(DateTime.MaxValue, CancellationToken.None);
}
